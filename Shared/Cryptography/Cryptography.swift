/// Cryptography.
