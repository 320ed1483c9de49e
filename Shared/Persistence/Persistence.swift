/// Persistence.
