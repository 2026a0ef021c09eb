import OVFDescriptor
import Testing
