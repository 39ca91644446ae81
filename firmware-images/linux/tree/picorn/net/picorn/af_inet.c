// SPDX-License-Identifier: GPL-2.0
/* PF_INET: what programs call on sockets. */
#include <linux/capability.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <net/tcp_states.h>

#include "picorn.h"

static struct proto picorn_proto = {
	.name = "INET",
	.owner = THIS_MODULE,
	.obj_size = sizeof(struct picorn_sock),
	.keepalive = picorn_keepalive,
};

/*
 * Waits until one of the bits is set in the state of the socket, which is
 * locked. First the sleeper is entered, then he looks, then he sleeps.
 */
int picorn_wait(struct sock *sk, u32 bits, long *timeo)
{
	DEFINE_WAIT_FUNC(wait, woken_wake_function);
	int err = 0;

	add_wait_queue(sk_sleep(sk), &wait);
	while (!(picorn_state(sk) & bits) && !READ_ONCE(sk->sk_err)) {
		if (!*timeo)
			err = -EAGAIN;
		else if (signal_pending(current))
			err = sock_intr_errno(*timeo);
		if (err)
			break;
		release_sock(sk);
		*timeo = wait_woken(&wait, TASK_INTERRUPTIBLE, *timeo);
		lock_sock(sk);
	}
	remove_wait_queue(sk_sleep(sk), &wait);
	return err;
}

/* The address of a call, as AF_INET has it. */
int picorn_check_addr(const struct sockaddr *addr, int len)
{
	if (len < (int)sizeof(struct sockaddr_in))
		return -EINVAL;
	return addr->sa_family == AF_INET ? 0 : -EAFNOSUPPORT;
}

void picorn_set_addr(struct picorn_call *call, const struct sockaddr *addr)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)addr;

	call->cmd.addr = in->sin_addr.s_addr;
	call->cmd.port = in->sin_port;
}

int picorn_get_addr(struct sockaddr *addr, const struct picorn_call *call)
{
	struct sockaddr_in *in = (struct sockaddr_in *)addr;

	in->sin_family = AF_INET;
	in->sin_port = call->done.port;
	in->sin_addr.s_addr = call->done.addr;
	memset(in->sin_zero, 0, sizeof(in->sin_zero));
	return sizeof(*in);
}

int picorn_release(struct socket *sock)
{
	struct sock *sk = sock->sk;
	bool reset;

	if (!sk)
		return 0;
	lock_sock(sk);
	reset = sock_flag(sk, SOCK_LINGER) && !sk->sk_lingertime;
	picorn_close(sk, reset ? 0 : PICORN_NO_LINGER);
	sock_orphan(sk);
	sock->sk = NULL;
	release_sock(sk);
	sock_put(sk);
	return 0;
}

int picorn_bind(struct socket *sock, struct sockaddr *addr, int len)
{
	struct sockaddr_in *in = (struct sockaddr_in *)addr;
	struct picorn_call call = { };
	struct sock *sk = sock->sk;
	int err;

	if (len < (int)sizeof(*in))
		return -EINVAL;
	if (in->sin_family != AF_INET &&
	    (in->sin_family != AF_UNSPEC || in->sin_addr.s_addr != htonl(INADDR_ANY)))
		return -EAFNOSUPPORT;
	if (in->sin_port && ntohs(in->sin_port) < 1024 && !capable(CAP_NET_BIND_SERVICE))
		return -EACCES;
	lock_sock(sk);
	picorn_set_addr(&call, addr);
	picorn_set_buffers(sk);
	call.cmd.flags = sk->sk_reuse ? PICORN_REUSE : 0;
	err = picorn_sock_do(sk, PICORN_BIND, &call);
	release_sock(sk);
	return err;
}

int picorn_disconnect(struct socket *sock)
{
	struct picorn_call call = { .cmd.flags = PICORN_DISCONNECT };
	int err = picorn_sock_do(sock->sk, PICORN_CONNECT, &call);

	sock->state = SS_UNCONNECTED;
	sock->sk->sk_state = TCP_CLOSE;
	return err;
}

struct sock *picorn_alloc(struct net *net, struct socket *sock, int protocol, int kern)
{
	struct sock *sk = sk_alloc(net, PF_INET, GFP_KERNEL, &picorn_proto, kern);

	if (!sk)
		return NULL;
	sock_init_data(sock, sk);
	sk->sk_protocol = protocol;
	return sk;
}

void picorn_free(struct socket *sock, struct sock *sk)
{
	sock_orphan(sk);
	sock->sk = NULL;
	sock_put(sk);
}

int picorn_getname(struct socket *sock, struct sockaddr *addr, int peer)
{
	struct picorn_call call = { .cmd.flags = peer ? PICORN_PEER : 0 };
	int err = picorn_sock_do(sock->sk, PICORN_NAME, &call);

	return err ? err : picorn_get_addr(addr, &call);
}

__poll_t picorn_poll(struct file *file, struct socket *sock, poll_table *wait)
{
	struct sock *sk = sock->sk;
	__poll_t mask = 0;
	u32 state;

	sock_poll_wait(file, sock, wait);
	picorn_take_error(sk);
	state = picorn_state(sk);
	if (state & PICORN_IN)
		mask |= EPOLLIN | EPOLLRDNORM;
	if (state & PICORN_OUT)
		mask |= EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND;
	if (state & PICORN_PRI)
		mask |= EPOLLPRI;
	if (state & PICORN_HUP)
		mask |= EPOLLHUP;
	if (state & PICORN_RDHUP)
		mask |= EPOLLRDHUP;
	if (READ_ONCE(sk->sk_err))
		mask |= EPOLLERR;
	return mask;
}

int picorn_shutdown(struct socket *sock, int how)
{
	struct picorn_call call = { .cmd.a = how };
	struct sock *sk = sock->sk;
	int err;

	lock_sock(sk);
	err = picorn_sock_do(sk, PICORN_SHUTDOWN, &call);
	release_sock(sk);
	if (!err)
		picorn_wake(sk);
	return err;
}

int picorn_pipe_error(int err, int flags)
{
	if (err == -EPIPE && !(flags & MSG_NOSIGNAL))
		send_sig(SIGPIPE, current, 0);
	return err;
}

/* The device's type for a socket's; the protocol becomes the usual one if there is one. */
static int picorn_type(int type, int *protocol)
{
	switch (type) {
	case SOCK_STREAM:
		*protocol = *protocol ? *protocol : IPPROTO_TCP;
		return *protocol == IPPROTO_TCP ? PICORN_STREAM : -EPROTONOSUPPORT;
	case SOCK_DGRAM:
		*protocol = *protocol ? *protocol : IPPROTO_UDP;
		if (*protocol == IPPROTO_ICMP)
			return -EACCES;
		return *protocol == IPPROTO_UDP ? PICORN_DGRAM : -EPROTONOSUPPORT;
	case SOCK_RAW:
		if (!*protocol)
			return -EPROTONOSUPPORT;
		return capable(CAP_NET_RAW) ? PICORN_RAW : -EPERM;
	default:
		return -ESOCKTNOSUPPORT;
	}
}

static int picorn_create(struct net *net, struct socket *sock, int protocol, int kern)
{
	struct picorn_call call = { .cmd.op = PICORN_OPEN };
	struct sock *sk;
	int result;

	if (protocol < 0 || protocol >= IPPROTO_MAX)
		return -EINVAL;
	result = picorn_type(sock->type, &protocol);
	if (result < 0)
		return result;
	call.cmd.a = result;
	call.cmd.b = protocol;
	sk = picorn_alloc(net, sock, protocol, kern);
	if (!sk)
		return -ENOBUFS;
	result = picorn_open(sk, &call);
	if (result < 0) {
		picorn_free(sock, sk);
		return result;
	}
	sock->ops = picorn_is_stream(sk) ? &picorn_stream_ops : &picorn_dgram_ops;
	return 0;
}

static const struct net_proto_family picorn_family = {
	.family = PF_INET,
	.create = picorn_create,
	.owner = THIS_MODULE,
};

int picorn_register(void)
{
	int err = proto_register(&picorn_proto, 1);

	if (err)
		return err;
	err = sock_register(&picorn_family);
	if (err)
		proto_unregister(&picorn_proto);
	return err;
}
