# Checks what a build of Packer has exported, before anything uploads it: a shell-local post-processor
# in the build that makes the appliance. docs/integrations/packer.md explains it.
variable "targets" {
  type        = list(string)
  default     = ["vsphere"]
  description = "Products that the appliance is to import into."
}

source "virtualbox-iso" "appliance" {
  # …
  format           = "ova"
  output_directory = "output"
  output_filename  = "appliance"
}

build {
  sources = ["source.virtualbox-iso.appliance"]

  post-processors {
    post-processor "shell-local" {
      inline = [
        "ova check --deep ${join(" ", [for target in var.targets : "--target ${target}"])} output/appliance.ova",
      ]
    }
    # What uploads comes after it: a failed check ends the build here.
  }
}
