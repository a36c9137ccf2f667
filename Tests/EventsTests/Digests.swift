import Crypto
import Events

/// SHA-256 as the services pass it in.
let sha256: DigestFunction = { bytes in Digest(bytes: SHA256.digest(of: bytes).bytes)! }
