/* SPDX-License-Identifier: GPL-2.0 */
/* Internet sockets of Picorn's socket device; see docs/socket-device.md. */
#ifndef _AF_INET_PICORN_H
#define _AF_INET_PICORN_H

#include <linux/if.h>
#include <linux/in.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <net/sock.h>

#define PICORN_SOCKETS		128
#define PICORN_PIECES		16
#define PICORN_NO_LINGER	0xffffffff

/* What SHUTDOWN, OPEN and IFSET take */
#define PICORN_STREAM		1
#define PICORN_DGRAM		2
#define PICORN_RAW		3
#define PICORN_IF_ADDRESS	1
#define PICORN_IF_NETMASK	2
#define PICORN_IF_FLAGS		3

/* Bits of a state */
#define PICORN_IN		BIT(0)
#define PICORN_OUT		BIT(1)
#define PICORN_PRI		BIT(2)
#define PICORN_ERR		BIT(3)
#define PICORN_HUP		BIT(4)
#define PICORN_RDHUP		BIT(5)

/* Flags of commands */
#define PICORN_REUSE		BIT(0)
#define PICORN_DISCONNECT	BIT(0)
#define PICORN_TO		BIT(0)
#define PICORN_URGENT		BIT(1)
#define PICORN_BROADCAST	BIT(2)
#define PICORN_PEEK		BIT(0)
#define PICORN_PEER		BIT(0)

enum picorn_op {
	PICORN_OPEN = 1,
	PICORN_CLOSE,
	PICORN_BIND,
	PICORN_CONNECT,
	PICORN_LISTEN,
	PICORN_ACCEPT,
	PICORN_SEND,
	PICORN_RECV,
	PICORN_SHUTDOWN,
	PICORN_NAME,
	PICORN_SETOPT,
	PICORN_GETOPT,
	PICORN_QUERY,
	PICORN_ERROR,
	PICORN_IFGET = 16,
	PICORN_IFSET,
	PICORN_ROUTE,
	PICORN_ADDROUTE,
	PICORN_DELROUTE,
	PICORN_LEASE,
	PICORN_LOOK,
};

struct picorn_command {
	u8 op;
	u8 flags;
	u16 socket;
	__be32 addr;
	__be16 port;
	u16 pieces;
	u32 list;
	u32 a;
	u32 b;
	u32 c;
	u32 tag;
};

struct picorn_completion {
	u32 tag;
	s32 result;
	__be32 addr;
	union {
		__be16 port;
		u32 c;
	};
	u32 a;
	u32 b;
	u32 state;
	u32 count;
};

struct picorn_piece {
	u32 addr;
	u32 len;
};

/* A command with what came of it */
struct picorn_call {
	struct picorn_command cmd;
	struct picorn_completion done;
};

struct picorn_interface {
	char name[IFNAMSIZ];
	u32 flags;
	u32 index;
	__be32 addr;
	__be32 mask;
	u32 mtu;
	u8 mac[6];
	u8 unused[6];
};

struct picorn_route {
	__be32 dst;
	__be32 mask;
	__be32 gateway;
	u32 index;
};

struct picorn_lease {
	u32 bound;
	__be32 addr;
	__be32 mask;
	__be32 server;
	__be32 router;
	__be32 dns[3];
};

struct picorn_look {
	u32 type;
	u32 state;
	__be32 addr;
	__be16 port;
	__be16 peer_port;
	__be32 peer;
	u32 readable;
	u32 unacknowledged;
	u32 protocol;
};

struct picorn_sock {
	struct sock sk;
	u16 number;
};

static inline struct picorn_sock *picorn_sk(const struct sock *sk)
{
	return (struct picorn_sock *)sk;
}

/* device.c */
int picorn_do(struct picorn_call *call);
int picorn_sock_do(struct sock *sk, enum picorn_op op, struct picorn_call *call);
int picorn_open(struct sock *sk, struct picorn_call *call);
void picorn_close(struct sock *sk, u32 linger);
u32 picorn_state(const struct sock *sk);
void picorn_take_error(struct sock *sk);
void picorn_wake(struct sock *sk);
int picorn_get(enum picorn_op op, u32 index, void *into, size_t size);
int picorn_find(const char *name, struct picorn_interface *found);

static inline bool picorn_is_stream(const struct sock *sk)
{
	return sk->sk_type == SOCK_STREAM;
}

/* af_inet.c */
int picorn_register(void);
int picorn_wait(struct sock *sk, u32 bits, long *timeo);
int picorn_check_addr(const struct sockaddr *addr, int len);
void picorn_set_addr(struct picorn_call *call, const struct sockaddr *addr);
int picorn_get_addr(struct sockaddr *addr, const struct picorn_call *call);
struct sock *picorn_alloc(struct net *net, struct socket *sock, int protocol, int kern);
void picorn_free(struct socket *sock, struct sock *sk);
int picorn_release(struct socket *sock);
int picorn_bind(struct socket *sock, struct sockaddr *addr, int len);
int picorn_disconnect(struct socket *sock);
int picorn_getname(struct socket *sock, struct sockaddr *addr, int peer);
__poll_t picorn_poll(struct file *file, struct socket *sock, poll_table *wait);
int picorn_shutdown(struct socket *sock, int how);
int picorn_pipe_error(int err, int flags);

/* stream.c, dgram.c */
extern const struct proto_ops picorn_stream_ops;
extern const struct proto_ops picorn_dgram_ops;

/* transfer.c */
int picorn_send(struct sock *sk, struct picorn_call *call, struct iov_iter *from);
int picorn_recv(struct sock *sk, struct picorn_call *call, struct iov_iter *to);

/* sockopt.c */
void picorn_keepalive(struct sock *sk, int on);
void picorn_set_buffers(struct sock *sk);
int picorn_setsockopt(struct socket *sock, int level, int name,
		      sockptr_t val, unsigned int len);
int picorn_getsockopt(struct socket *sock, int level, int name,
		      char __user *val, int __user *len);

/* ioctl.c */
int picorn_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg);

/* proc.c */
#ifdef CONFIG_PROC_FS
void picorn_proc_init(void);
#else
static inline void picorn_proc_init(void) { }
#endif

#endif
