// SPDX-License-Identifier: GPL-2.0
/* Options of sockets. Those of the network layers are the device's, by the same numbers. */
#include <linux/tcp.h>

#include "picorn.h"

/* What has no effect here, and harms nobody who asks for it. */
static bool picorn_is_hint(int level, int name)
{
	if (level == SOL_IP)
		return name == IP_RECVERR || name == IP_MTU_DISCOVER ||
		       name == IP_BIND_ADDRESS_NO_PORT;
	return level == SOL_TCP && (name == TCP_CORK || name == TCP_QUICKACK ||
				    name == TCP_DEFER_ACCEPT || name == TCP_SYNCNT ||
				    name == TCP_LINGER2);
}

static int picorn_set(struct sock *sk, int level, int name, int value)
{
	struct picorn_call call = {
		.cmd.a = level << 16 | name,
		.cmd.b = value,
	};

	return picorn_sock_do(sk, PICORN_SETOPT, &call);
}

/* SO_KEEPALIVE was set; the socket layer keeps the options of its level. */
void picorn_keepalive(struct sock *sk, int on)
{
	picorn_set(sk, SOL_SOCKET, SO_KEEPALIVE, on);
}

/* Tells what SO_SNDBUF and SO_RCVBUF were set to, which the socket layer doubles. */
void picorn_set_buffers(struct sock *sk)
{
	if (sk->sk_userlocks & SOCK_SNDBUF_LOCK)
		picorn_set(sk, SOL_SOCKET, SO_SNDBUF, sk->sk_sndbuf / 2);
	if (sk->sk_userlocks & SOCK_RCVBUF_LOCK)
		picorn_set(sk, SOL_SOCKET, SO_RCVBUF, sk->sk_rcvbuf / 2);
}

int picorn_setsockopt(struct socket *sock, int level, int name,
		      sockptr_t val, unsigned int len)
{
	int value = 0, err;

	if (len >= sizeof(value)) {
		if (copy_from_sockptr(&value, val, sizeof(value)))
			return -EFAULT;
	} else if (len && level == SOL_IP) {
		if (copy_from_sockptr(&value, val, 1))
			return -EFAULT;
	} else {
		return -EINVAL;
	}
	if (picorn_is_hint(level, name))
		return 0;
	if (level != SOL_IP && level != SOL_TCP)
		return -ENOPROTOOPT;
	lock_sock(sock->sk);
	err = picorn_set(sock->sk, level, name, value);
	release_sock(sock->sk);
	return err;
}

static int picorn_put(const void *from, int size, char __user *val, int __user *len)
{
	int room;

	if (get_user(room, len))
		return -EFAULT;
	if (room < 0)
		return -EINVAL;
	room = min(room, size);
	if (put_user(room, len) || copy_to_user(val, from, room))
		return -EFAULT;
	return 0;
}

static int picorn_tcp_info(struct sock *sk, char __user *val, int __user *len)
{
	u32 words[8] = { };
	struct picorn_piece piece = { (u32)words, sizeof(words) };
	struct picorn_call call = {
		.cmd.a = SOL_TCP << 16 | TCP_INFO,
		.cmd.list = (u32)&piece,
		.cmd.pieces = 1,
	};
	struct tcp_info info = { };
	int err = picorn_sock_do(sk, PICORN_GETOPT, &call);

	if (err && err != -ENOTCONN)
		return err;
	info.tcpi_state = err ? 7 : words[0];
	info.tcpi_rtt = words[1];
	info.tcpi_rttvar = words[2];
	info.tcpi_rto = words[3];
	info.tcpi_snd_cwnd = words[4];
	info.tcpi_snd_ssthresh = words[5];
	info.tcpi_snd_mss = words[6];
	info.tcpi_total_retrans = words[7];
	return picorn_put(&info, sizeof(info), val, len);
}

int picorn_getsockopt(struct socket *sock, int level, int name,
		      char __user *val, int __user *len)
{
	struct picorn_call call = { .cmd.a = level << 16 | name };
	int err;

	if (level != SOL_IP && level != SOL_TCP)
		return -ENOPROTOOPT;
	if (level == SOL_TCP && name == TCP_INFO && sock->type == SOCK_STREAM)
		return picorn_tcp_info(sock->sk, val, len);
	if (!picorn_is_hint(level, name)) {
		err = picorn_sock_do(sock->sk, PICORN_GETOPT, &call);
		if (err)
			return err;
	}
	return picorn_put(&call.done.a, sizeof(call.done.a), val, len);
}
