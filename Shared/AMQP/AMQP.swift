/// AMQP.
