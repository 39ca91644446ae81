// SPDX-License-Identifier: GPL-2.0
/* PF_INET: what programs call on sockets. */
#include <linux/capability.h>
#include <linux/net.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uio.h>
#include <net/tcp_states.h>

#include "picorn.h"

/* Sleepers on a connection hear of its end, whatever they wait for. */
#define PICORN_END	(PICORN_ERR | PICORN_HUP)

static const struct proto_ops picorn_stream_ops;
static const struct proto_ops picorn_dgram_ops;

static struct proto picorn_proto = {
	.name = "INET",
	.owner = THIS_MODULE,
	.obj_size = sizeof(struct picorn_sock),
	.keepalive = picorn_keepalive,
};

static bool picorn_is_stream(const struct sock *sk)
{
	return sk->sk_type == SOCK_STREAM;
}

/* Where the octets of a command are, and a copy if they are scattered too widely. */
struct picorn_data {
	struct picorn_piece pieces[PICORN_PIECES];
	int count;
	size_t len;
	void *copy;
};

/* Without an MMU the addresses of programs are those of the device. */
static int picorn_map(struct picorn_data *data, const struct iov_iter *iter)
{
	const struct iovec *iov = iter->iov;
	size_t skip = iter->iov_offset;
	size_t left = iter->count;

	data->count = 0;
	data->len = 0;
	data->copy = NULL;
	if (iter_is_ubuf(iter)) {
		data->pieces[0].addr = (u32)iter->ubuf + skip;
		data->pieces[0].len = left;
		data->count = 1;
		data->len = left;
		return 0;
	}
	if (!iter_is_iovec(iter) && !iov_iter_is_kvec(iter))
		return -EINVAL;
	for (; left && data->count < PICORN_PIECES; iov++, skip = 0) {
		size_t len = min(iov->iov_len - skip, left);

		if (!len)
			continue;
		data->pieces[data->count].addr = (u32)iov->iov_base + skip;
		data->pieces[data->count++].len = len;
		data->len += len;
		left -= len;
	}
	return 0;
}

static int picorn_make_copy(struct picorn_data *data, size_t len)
{
	data->copy = kmalloc(len, GFP_KERNEL);
	if (!data->copy)
		return -ENOMEM;
	data->pieces[0].addr = (u32)data->copy;
	data->pieces[0].len = len;
	data->count = 1;
	data->len = len;
	return 0;
}

/* Names the octets of a message; those of a datagram all together. */
static int picorn_prepare(struct picorn_data *data, const struct iov_iter *iter, bool stream)
{
	size_t most = stream ? min_t(size_t, iter->count, PAGE_SIZE) : iter->count;

	if (!picorn_map(data, iter) && (stream || data->len == iter->count))
		return 0;
	if (iter->count > U16_MAX && !stream)
		return -EMSGSIZE;
	return picorn_make_copy(data, most);
}

static int picorn_transfer(struct sock *sk, enum picorn_op op, struct picorn_call *call,
			   struct picorn_data *data)
{
	call->cmd.list = (u32)data->pieces;
	call->cmd.pieces = data->count;
	return picorn_sock_do(sk, op, call);
}

static int picorn_send(struct sock *sk, struct picorn_call *call, struct iov_iter *from)
{
	struct picorn_data data;
	int result;

	result = picorn_prepare(&data, from, picorn_is_stream(sk));
	if (result)
		return result;
	if (data.copy && !copy_from_iter_full(data.copy, data.len, from)) {
		kfree(data.copy);
		return -EFAULT;
	}
	result = picorn_transfer(sk, PICORN_SEND, call, &data);
	if (data.copy)
		iov_iter_revert(from, data.len - max(result, 0));
	else if (result > 0)
		iov_iter_advance(from, result);
	kfree(data.copy);
	return result;
}

static int picorn_recv(struct sock *sk, struct picorn_call *call, struct iov_iter *to)
{
	struct picorn_data data;
	int result;

	result = picorn_prepare(&data, to, picorn_is_stream(sk));
	if (result)
		return result;
	result = picorn_transfer(sk, PICORN_RECV, call, &data);
	if (data.copy && result > 0 && copy_to_iter(data.copy, result, to) != result)
		result = -EFAULT;
	else if (!data.copy && result > 0)
		iov_iter_advance(to, result);
	kfree(data.copy);
	return result;
}

/*
 * Waits until one of the bits is set in the state of the socket, which is
 * locked. First the sleeper is entered, then he looks, then he sleeps.
 */
static int picorn_wait(struct sock *sk, u32 bits, long *timeo)
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

static void picorn_set_addr(struct picorn_call *call, const struct sockaddr *addr)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)addr;

	call->cmd.addr = in->sin_addr.s_addr;
	call->cmd.port = in->sin_port;
}

static int picorn_get_addr(struct sockaddr *addr, const struct picorn_call *call)
{
	struct sockaddr_in *in = (struct sockaddr_in *)addr;

	in->sin_family = AF_INET;
	in->sin_port = call->done.port;
	in->sin_addr.s_addr = call->done.addr;
	memset(in->sin_zero, 0, sizeof(in->sin_zero));
	return sizeof(*in);
}

static int picorn_release(struct socket *sock)
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

static int picorn_bind(struct socket *sock, struct sockaddr *addr, int len)
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

static int picorn_disconnect(struct socket *sock)
{
	struct picorn_call call = { .cmd.flags = PICORN_DISCONNECT };
	int err = picorn_sock_do(sock->sk, PICORN_CONNECT, &call);

	sock->state = SS_UNCONNECTED;
	sock->sk->sk_state = TCP_CLOSE;
	return err;
}

static int picorn_dgram_connect(struct socket *sock, struct sockaddr *addr, int len, int flags)
{
	struct picorn_call call = { };
	struct sock *sk = sock->sk;
	int err;

	if (len < (int)sizeof(addr->sa_family))
		return -EINVAL;
	if (addr->sa_family == AF_UNSPEC)
		return picorn_disconnect(sock);
	err = picorn_check_addr(addr, len);
	if (err)
		return err;
	lock_sock(sk);
	picorn_set_addr(&call, addr);
	picorn_set_buffers(sk);
	err = picorn_sock_do(sk, PICORN_CONNECT, &call);
	release_sock(sk);
	return err;
}

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

static struct sock *picorn_alloc(struct net *net, struct socket *sock, int protocol, int kern)
{
	struct sock *sk = sk_alloc(net, PF_INET, GFP_KERNEL, &picorn_proto, kern);

	if (!sk)
		return NULL;
	sock_init_data(sock, sk);
	sk->sk_protocol = protocol;
	return sk;
}

static void picorn_free(struct socket *sock, struct sock *sk)
{
	sock_orphan(sk);
	sock->sk = NULL;
	sock_put(sk);
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

static int picorn_getname(struct socket *sock, struct sockaddr *addr, int peer)
{
	struct picorn_call call = { .cmd.flags = peer ? PICORN_PEER : 0 };
	int err = picorn_sock_do(sock->sk, PICORN_NAME, &call);

	return err ? err : picorn_get_addr(addr, &call);
}

static __poll_t picorn_poll(struct file *file, struct socket *sock, poll_table *wait)
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

static int picorn_shutdown(struct socket *sock, int how)
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

static int picorn_pipe_error(int err, int flags)
{
	if (err == -EPIPE && !(flags & MSG_NOSIGNAL))
		send_sig(SIGPIPE, current, 0);
	return err;
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

static int picorn_dgram_sendmsg(struct socket *sock, struct msghdr *msg, size_t len)
{
	struct picorn_call call = { };
	struct sock *sk = sock->sk;
	int result;

	if (msg->msg_flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (msg->msg_name) {
		result = picorn_check_addr(msg->msg_name, msg->msg_namelen);
		if (result)
			return result;
		picorn_set_addr(&call, msg->msg_name);
		call.cmd.flags |= PICORN_TO;
	}
	if (sock_flag(sk, SOCK_BROADCAST))
		call.cmd.flags |= PICORN_BROADCAST;
	lock_sock(sk);
	result = sock_error(sk);
	if (!result)
		result = picorn_send(sk, &call, &msg->msg_iter);
	release_sock(sk);
	return picorn_pipe_error(result, msg->msg_flags);
}

static int picorn_dgram_recvmsg(struct socket *sock, struct msghdr *msg, size_t len, int flags)
{
	struct picorn_call call = { .cmd.flags = flags & MSG_PEEK ? PICORN_PEEK : 0 };
	struct sock *sk = sock->sk;
	int result;
	long timeo;

	if (flags & MSG_ERRQUEUE)
		return -EAGAIN;
	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	lock_sock(sk);
	timeo = sock_rcvtimeo(sk, flags & MSG_DONTWAIT);
	do {
		result = sock_error(sk);
		if (!result)
			result = picorn_recv(sk, &call, &msg->msg_iter);
	} while (result == -EAGAIN && !(result = picorn_wait(sk, PICORN_IN | PICORN_ERR, &timeo)));
	release_sock(sk);
	if (result < 0)
		return result;
	if (msg->msg_name)
		msg->msg_namelen = picorn_get_addr(msg->msg_name, &call);
	if (call.done.a > result)
		msg->msg_flags |= MSG_TRUNC;
	return flags & MSG_TRUNC ? call.done.a : result;
}

static const struct proto_ops picorn_stream_ops = {
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

static const struct proto_ops picorn_dgram_ops = {
	.family = PF_INET,
	.owner = THIS_MODULE,
	.release = picorn_release,
	.bind = picorn_bind,
	.connect = picorn_dgram_connect,
	.socketpair = sock_no_socketpair,
	.accept = sock_no_accept,
	.getname = picorn_getname,
	.poll = picorn_poll,
	.ioctl = picorn_ioctl,
	.listen = sock_no_listen,
	.shutdown = picorn_shutdown,
	.setsockopt = picorn_setsockopt,
	.getsockopt = picorn_getsockopt,
	.sendmsg = picorn_dgram_sendmsg,
	.recvmsg = picorn_dgram_recvmsg,
	.mmap = sock_no_mmap,
	.sendpage = sock_no_sendpage,
};

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
