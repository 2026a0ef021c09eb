import Hummingbird
import Logging
import Metrics
import Mustache
import ServiceLifecycle
