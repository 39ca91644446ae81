// SPDX-License-Identifier: GPL-2.0
/* Datagrams and raw packets. */
#include <linux/net.h>
#include <linux/uio.h>

#include "picorn.h"

static int picorn_dgram_associate(struct sock *sk, struct sockaddr *addr, int len)
{
	struct picorn_call call = { };
	int err = picorn_check_addr(addr, len);

	if (err)
		return err;
	picorn_set_addr(&call, addr);
	picorn_set_buffers(sk);
	return picorn_sock_do(sk, PICORN_CONNECT, &call);
}

static int picorn_dgram_connect(struct socket *sock, struct sockaddr *addr, int len, int flags)
{
	struct sock *sk = sock->sk;
	int err;

	if (len < (int)sizeof(addr->sa_family))
		return -EINVAL;
	lock_sock(sk);
	if (addr->sa_family == AF_UNSPEC)
		err = picorn_disconnect(sock);
	else
		err = picorn_dgram_associate(sk, addr, len);
	release_sock(sk);
	return err;
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

const struct proto_ops picorn_dgram_ops = {
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
