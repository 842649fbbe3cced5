import Crypto
import CryptoExtras
import Yams
import Logging
