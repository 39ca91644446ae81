// SPDX-License-Identifier: GPL-2.0
/* Streams: connections and those who listen for them. */
#include <linux/net.h>
#include <linux/uio.h>
#include <net/tcp_states.h>

#include "picorn.h"

/* Sleepers on a connection hear of its end, whatever they wait for. */
#define PICORN_END	(PICORN_ERR | PICORN_HUP)

static int picorn_begin_connect(struct socket *sock, struct sockaddr *addr, int len)
{
	struct picorn_call call = { };
	int err;

	switch (sock->state) {
	case SS_CONNECTED:
		return -EISCONN;
	case SS_CONNECTING:
		return -EALREADY;
	case SS_UNCONNECTED:
		break;
	default:
		return -EINVAL;
	}
	err = picorn_check_addr(addr, len);
	if (err)
		return err;
	picorn_set_addr(&call, addr);
	picorn_set_buffers(sock->sk);
	err = picorn_sock_do(sock->sk, PICORN_CONNECT, &call);
	if (err == -EINPROGRESS)
		sock->state = SS_CONNECTING;
	return err;
}

static int picorn_end_connect(struct socket *sock, int flags, int begun)
{
	u32 bits = PICORN_OUT | PICORN_IN | PICORN_END;
	struct sock *sk = sock->sk;
	long timeo = sock_sndtimeo(sk, flags & O_NONBLOCK);
	int err = picorn_wait(sk, bits, &timeo);

	if (err)
		return err == -EAGAIN ? begun : err;
	picorn_take_error(sk);
	err = sock_error(sk);
	if (err) {
		sock->state = SS_UNCONNECTED;
		return err;
	}
	sock->state = SS_CONNECTED;
	return 0;
}

static int picorn_stream_connect(struct socket *sock, struct sockaddr *addr, int len, int flags)
{
	struct sock *sk = sock->sk;
	int err;

	if (len < (int)sizeof(addr->sa_family))
		return -EINVAL;
	lock_sock(sk);
	if (addr->sa_family == AF_UNSPEC)
		err = picorn_disconnect(sock);
	else
		err = picorn_begin_connect(sock, addr, len);
	/* Without blocking it is only begun, however quickly the peer answers. */
	if ((err == -EINPROGRESS && !(flags & O_NONBLOCK)) || err == -EALREADY)
		err = picorn_end_connect(sock, flags, err);
	release_sock(sk);
	return err;
}

static int picorn_listen(struct socket *sock, int backlog)
{
	struct picorn_call call = { .cmd.a = max(backlog, 1) };
	struct sock *sk = sock->sk;
	int err = -EINVAL;

	lock_sock(sk);
	if (sock->state == SS_UNCONNECTED) {
		picorn_set_buffers(sk);
		err = picorn_sock_do(sk, PICORN_LISTEN, &call);
	}
	if (!err)
		sk->sk_state = TCP_LISTEN;
	release_sock(sk);
	return err;
}

/* What a connection has of the listener that it came to; the device keeps the rest. */
static void picorn_inherit(struct sock *sk, const struct sock *from)
{
	unsigned long flags = BIT(SOCK_LINGER) | BIT(SOCK_KEEPOPEN) | BIT(SOCK_URGINLINE);

	sk->sk_flags |= from->sk_flags & flags;
	sk->sk_lingertime = from->sk_lingertime;
	sk->sk_reuse = from->sk_reuse;
	sk->sk_rcvtimeo = from->sk_rcvtimeo;
	sk->sk_sndtimeo = from->sk_sndtimeo;
	sk->sk_rcvlowat = from->sk_rcvlowat;
}

static int picorn_accept(struct socket *sock, struct socket *newsock, int flags, bool kern)
{
	struct sock *sk = sock->sk, *child;
	struct picorn_call call = { };
	long timeo;
	int result;

	child = picorn_alloc(sock_net(sk), newsock, sk->sk_protocol, kern);
	if (!child)
		return -ENOMEM;
	lock_sock(sk);
	timeo = sock_rcvtimeo(sk, flags & O_NONBLOCK);
	do {
		call.cmd.op = PICORN_ACCEPT;
		call.cmd.socket = picorn_sk(sk)->number;
		result = picorn_open(child, &call);
	} while (result == -EAGAIN && !(result = picorn_wait(sk, PICORN_IN | PICORN_ERR, &timeo)));
	if (result >= 0) {
		picorn_inherit(child, sk);
		newsock->state = SS_CONNECTED;
	}
	release_sock(sk);
	if (result < 0)
		picorn_free(newsock, child);
	return min(result, 0);
}

static int picorn_stream_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	u8 flags = msg->msg_flags & MSG_OOB ? PICORN_URGENT : 0;
	struct sock *sk = sock->sk;
	int result = 0, sent = 0;
	long timeo;

	lock_sock(sk);
	timeo = sock_sndtimeo(sk, msg->msg_flags & MSG_DONTWAIT);
	while (msg_data_left(msg)) {
		struct picorn_call call = { .cmd.flags = flags };

		result = sock_error(sk);
		if (!result)
			result = picorn_send(sk, &call, &msg->msg_iter);
		if (result == -EAGAIN)
			result = picorn_wait(sk, PICORN_OUT | PICORN_END, &timeo);
		if (result < 0)
			break;
		sent += result;
	}
	release_sock(sk);
	return sent ? sent : picorn_pipe_error(result, msg->msg_flags);
}

static int picorn_stream_recvmsg(struct socket *sock, struct msghdr *msg, size_t len, int flags)
{
	struct sock *sk = sock->sk;
	int result = 0, copied = 0, target;
	long timeo;

	if (flags & MSG_ERRQUEUE)
		return -EAGAIN;
	if (flags & MSG_OOB)
		return -EINVAL;
	lock_sock(sk);
	timeo = sock_rcvtimeo(sk, flags & MSG_DONTWAIT);
	target = sock_rcvlowat(sk, flags & MSG_WAITALL, len);
	do {
		struct picorn_call call = { .cmd.flags = flags & MSG_PEEK ? PICORN_PEEK : 0 };

		result = picorn_recv(sk, &call, &msg->msg_iter);
		if (result > 0) {
			copied += result;
			if (flags & MSG_PEEK)
				break;
			continue;
		}
		if (!result || (result == -EAGAIN && copied >= target))
			break;
		if (result == -EAGAIN) {
			result = sock_error(sk);
			if (!result)
				result = picorn_wait(sk, PICORN_IN | PICORN_END, &timeo);
		}
		if (result < 0)
			break;
	} while (msg_data_left(msg));
	/* The end of a stream that has failed is told once the error was. */
	if (!copied && !result && len)
		result = sock_error(sk);
	release_sock(sk);
	return copied ? copied : result;
}

const struct proto_ops picorn_stream_ops = {
	.family = PF_INET,
	.owner = THIS_MODULE,
	.release = picorn_release,
	.bind = picorn_bind,
	.connect = picorn_stream_connect,
	.socketpair = sock_no_socketpair,
	.accept = picorn_accept,
	.getname = picorn_getname,
	.poll = picorn_poll,
	.ioctl = picorn_ioctl,
	.listen = picorn_listen,
	.shutdown = picorn_shutdown,
	.setsockopt = picorn_setsockopt,
	.getsockopt = picorn_getsockopt,
	.sendmsg = picorn_stream_sendmsg,
	.recvmsg = picorn_stream_recvmsg,
	.mmap = sock_no_mmap,
	.sendpage = sock_no_sendpage,
};
