import Configuration
import GRDB
import Hummingbird
