/// Messaging.
