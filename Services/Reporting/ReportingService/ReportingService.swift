import Hummingbird
import GRDB
import Configuration
