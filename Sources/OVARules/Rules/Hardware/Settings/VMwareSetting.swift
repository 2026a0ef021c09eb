/// The keys of `vmw:Config` that vSphere's exports write: fields of its machine configuration and
/// devices.
package enum VMwareSetting {
  /// Returns whether vSphere has the field.
  package static func isKnown(_ key: String) -> Bool {
    keys.contains(key) || key.hasPrefix("dvx.config.")
  }

  /// The key as vSphere spells it, of one that differs in case alone.
  static func spelling(of key: String) -> String? { spellings[key.lowercased()] }

  private static let keys = Set(
    """
    allowUnrestrictedCommunication autoConnectDevices backing.deviceId backing.exclusive
    backing.enhancedMigrateCapability backing.id backing.migrateSupported backing.systemId
    backing.vendorId backing.vgpu backing.vgpuMigrateDataSizeMB backing.writeThrough
    bootOptions.bootDelay bootOptions.bootRetryDelay bootOptions.bootRetryEnabled
    bootOptions.efiSecureBootEnabled bootOptions.enterBIOSSetup bootOptions.networkBootProtocol
    connectable.allowGuestControl connectable.startConnected cpuAllocation.shares.level
    cpuAllocation.shares.shares cpuHotAddEnabled cpuHotRemoveEnabled
    deviceGroupInfo.groupInstanceKey deviceGroupInfo.sequenceId dvx.deviceClass ehciEnabled
    enable3DSupport enableMPTSupport firmware fixedPassthruHotPlugEnabled flags.cbrcCacheEnabled
    flags.disableAcceleration flags.diskUuidEnabled flags.enableLogging flags.faultToleranceType
    flags.htSharing flags.monitorType flags.recordReplayEnabled flags.runWithDebugInfo
    flags.snapshotDisabled flags.snapshotLocked flags.snapshotPowerOffBehavior flags.useToe
    flags.vbsEnabled flags.virtualExecUsage flags.virtualMmuUsage flags.vvtdEnabled
    graphicsMemorySizeInKB guestReadOnly latencySensitivity.level memoryAllocation.shares.level
    memoryAllocation.shares.shares memoryHotAddEnabled memoryReservationLockedToMax
    motherboardLayout nestedHVEnabled numDisplays pmem.snapshotMode powerOpInfo.powerOffType
    powerOpInfo.resetType powerOpInfo.standbyAction powerOpInfo.suspendType sevEnabled
    sevSnpEnabled sgxInfo.epcSize sgxInfo.flcMode sgxInfo.lePubKeyHash sharesLevel
    simultaneousThreads slotInfo.ehciPciSlotNumber slotInfo.pciSlotNumber
    storageIOAllocation.limit storageIOAllocation.shares.level storageIOAllocation.shares.shares
    tdxEnabled tools.afterPowerOn tools.afterResume tools.beforeGuestReboot
    tools.beforeGuestShutdown tools.beforeGuestStandby tools.syncTimeWithHost
    tools.syncTimeWithHostAllowed tools.toolsUpgradePolicy uptCompatibilityEnabled uptv2Enabled
    use3dRenderer useAutoDetect uuid vPMCEnabled videoRamSizeInKB virtualDev virtualDiskFormat
    virtualICH7MPresent virtualNuma.coresPerNumaNode virtualSMCPresent wakeOnLanEnabled yieldOnPoll
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let spellings = Dictionary(
    keys.map { ($0.lowercased(), $0) }, uniquingKeysWith: min)
}
