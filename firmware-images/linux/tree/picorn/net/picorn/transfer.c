// SPDX-License-Identifier: GPL-2.0
/* The octets of messages, which the device is told where to take from and to put to. */
#include <linux/slab.h>
#include <linux/uio.h>

#include "picorn.h"

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

int picorn_send(struct sock *sk, struct picorn_call *call, struct iov_iter *from)
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

int picorn_recv(struct sock *sk, struct picorn_call *call, struct iov_iter *to)
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
