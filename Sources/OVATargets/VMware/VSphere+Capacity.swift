import OVARules
import OVFDescriptor

extension TargetProduct {
  /// Conditions on the numbers of controllers, drives and adapters, and on processors and memory.
  static let vSphereCapacity: [TargetCondition] = [
    TargetCondition(
      "vs-controller-slots", "a drive in a place that its controller does not have", .fails,
      "The import stops: there is no space for the device on its parent controller.",
      fix: "Give the drive a free place of the controller, or add a controller.",
      basis: .source("vm-operator virtualmachine_hardware_types.go"),
      triggering: .edit("<rasd:AddressOnParent>0<", "<rasd:AddressOnParent>7<"),
      passing: .edit("<rasd:AddressOnParent>0<", "<rasd:AddressOnParent>15<")
    ) { view in
      view.overfull { controller, _ in
        switch controller.kind {
        case .controller(.ide): (1, nil)
        case .controller(.sata): (29, nil)
        case .controller(.nvme): (63, nil)
        case .controller(.scsi):
          controller.item.isSubType("virtualscsi", "pvscsi") ? (64, 7) : (15, 7)
        default: nil
        }
      }
    },
    TargetCondition(
      "vs-controller-slots-old", "more than 15 drives on a VirtualSCSI or NVMe controller",
      .unknown,
      "Older families had 15 places there; the first family with more is known from memory alone.",
      fix: "Add a controller, or a newer family to VirtualSystemType.",
      basis: .unsure("vmx-14 for VirtualSCSI, vmx-21 for NVMe"),
      triggering: .edits([
        (">lsilogic<", ">VirtualSCSI<"), ("<rasd:AddressOnParent>0<", "<rasd:AddressOnParent>20<"),
      ])
    ) { view in
      view.overfull { controller, family in
        switch controller.kind {
        case .controller(.scsi)
        where controller.item.isSubType("virtualscsi", "pvscsi") && family < 14:
          (15, 7)
        case .controller(.nvme) where family < 21: (14, nil)
        default: nil
        }
      }
    },
    TargetCondition(
      "vs-controller-count", "more controllers of a kind than a machine can have", .fails,
      "The import stops: a machine has at most 2 IDE and 4 SCSI, SATA or NVMe controllers.",
      fix: "Put the drives on fewer controllers.", basis: .source("vm-operator MaxCount"),
      triggering: .items(
        Example.controller(21, type: 5), Example.controller(22, type: 5, address: 1),
        Example.controller(23, type: 5, address: 2)),
      passing: .items(Example.controller(21, type: 5), Example.controller(22, type: 5, address: 1))
    ) { view in
      view.hosted { hardware, _ in
        let limits: [(bus: Device.Bus, most: Int)] = [
          (.ide, 2), (.scsi, 4), (.sata, 4), (.nvme, 4),
        ]
        return limits.flatMap { bus, most in
          hardware.controllers.filter { $0.kind == .controller(bus) }.dropFirst(most)
            .map(\.item.hit)
        }
      }
    },
    TargetCondition(
      "vs-nic-count", "more than ten network adapters", .fails,
      "A machine has at most ten, and four in vmx-04.", fix: "Remove adapters.",
      basis: hardwareFeatures,
      triggering: .items(contentsOf: (30...39).map(adapter))
    ) { view in
      view.hosted { hardware, family in
        hardware.networkAdapters.dropFirst(family < 7 ? 4 : 10).map(\.item.hit)
      }
    },
    TargetCondition(
      "vs-cpu-max", "more processors than the hardware family can have", .fails,
      "The machine cannot be powered on; whether the import stops is not known.",
      fix: "Lower the number, or add a newer family that the host runs.", basis: hardwareFeatures,
      triggering: .edits([("vmx-13", "vmx-07"), ("VirtualQuantity>2<", "VirtualQuantity>9<")]),
      passing: .edits([("vmx-13", "vmx-07"), ("VirtualQuantity>2<", "VirtualQuantity>8<")]),
      version: 2
    ) { view in
      view.hosted { hardware, family in
        guard let most = VMwareFamily.mostProcessors(family), let count = hardware.virtualCPUs,
          count > most,
          let item = hardware.devices.first(where: { $0.kind == .processor })?.item
        else { return [] }
        return [Hit(item.place, found: "\(count); at most \(most) in \(family.asFamily)")]
      }
    },
    TargetCondition(
      "vs-memory-max", "more memory than the hardware family can have", .fails,
      "The machine cannot be powered on; whether the import stops is not known.",
      fix: "Lower the memory, or add a newer family that the host runs.", basis: hardwareFeatures,
      triggering: .edits([("vmx-13", "vmx-07"), (">2048<", ">524288<")]),
      passing: .edits([("vmx-13", "vmx-08"), (">2048<", ">524288<")])
    ) { view in
      view.hosted { hardware, family in
        guard let most = VMwareFamily.mostGibibytes(family), let bytes = hardware.memoryBytes,
          bytes > most << 30,
          let item = hardware.devices.first(where: { $0.kind == .memory })?.item
        else { return [] }
        return [
          Hit(item.place, found: "\(bytes >> 30) GiB; at most \(most) GiB in \(family.asFamily)")
        ]
      }
    },
    TargetCondition(
      "vs-memory-uneven", "memory that is not a multiple of 4 MiB", .fails,
      "The machine cannot be powered on: the size of its memory is called invalid.",
      fix: "Write a multiple of 4 MiB.", basis: .reported("OpenNebula/one#1105"),
      triggering: .edit(">2048<", ">2047<"), passing: .edit(">2048<", ">2052<")
    ) { view in
      view.hosted { hardware, _ in
        guard let bytes = hardware.memoryBytes, bytes % (4 << 20) != 0,
          let item = hardware.devices.first(where: { $0.kind == .memory })?.item
        else { return [] }
        return [Hit(item.place, found: "\(bytes) bytes")]
      }
    },
    TargetCondition(
      "vs-video-memory", "more than 128 MiB of video memory", .fails,
      "The import stops: invalid configuration for the property videoRamSizeInKB.",
      fix: "Write 131072 or less for videoRamSizeInKB.", basis: .documented("VMware KB 65205"),
      releases: "up to 7.0", at: "7.0",
      triggering: .items(Example.config("videoRamSizeInKB", "262144")),
      passing: .items(Example.config("videoRamSizeInKB", "131072"))
    ) { view in
      guard let release = view.release, !release.isVSphere(atLeast: "8.0") else { return [] }
      return view.sections.flatMap { section in
        (section.settings + section.items.flatMap(\.settings)).filter {
          $0.kind == .config && $0.key?.text == "videoRamSizeInKB"
            && UInt64($0.value?.text ?? "") ?? 0 > 131072
        }.map { Hit($0.place, found: $0.value?.text) }
      }
    },
  ]

  private static func adapter(_ id: Int) -> String {
    Example.item(
      "", ("AutomaticAllocation", "true"), ("Connection", "VM Network"),
      ("ElementName", "Adapter \(id)"), ("InstanceID", "\(id)"), ("ResourceSubType", "VmxNet3"),
      ("ResourceType", "10"))
  }
}
