#pragma once

#include <sys/eventfd.h>
#include <sys/time.h>
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>

/* Swift cannot call functions with variable arguments, and login is one. */

static inline amqp_rpc_reply_t redress_login_plain(
    amqp_connection_state_t state, const char *vhost, int frame_max, int heartbeat, const amqp_table_t *properties,
    const char *user, const char *password) {
  return amqp_login_with_properties(state, vhost, 1, frame_max, heartbeat, properties, AMQP_SASL_METHOD_PLAIN, user,
                                    password);
}

/* An eventfd that neither blocks nor is inherited; -1 with errno when there is none to be had. */

static inline int redress_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

/* The method numbers are macros with casts, which Swift does not import. */

enum redress_method {
  REDRESS_CONNECTION_CLOSE = 0x000A0032,
  REDRESS_CONNECTION_CLOSE_OK = 0x000A0033,
  REDRESS_CONNECTION_BLOCKED = 0x000A003C,
  REDRESS_CONNECTION_UNBLOCKED = 0x000A003D,
  REDRESS_CHANNEL_CLOSE = 0x00140028,
  REDRESS_CHANNEL_CLOSE_OK = 0x00140029,
  REDRESS_BASIC_CANCEL = 0x003C001E,
  REDRESS_BASIC_CANCEL_OK = 0x003C001F,
  REDRESS_BASIC_RETURN = 0x003C0032,
  REDRESS_BASIC_DELIVER = 0x003C003C,
  REDRESS_BASIC_ACK = 0x003C0050,
  REDRESS_BASIC_NACK = 0x003C0078,
};
