// SPDX-License-Identifier: GPL-2.0
/* ioctl: queues, interfaces and routes, as ifconfig and route use them. */
#include <linux/capability.h>
#include <linux/if_arp.h>
#include <linux/route.h>
#include <linux/sockios.h>
#include <linux/uaccess.h>
#include <net/tcp_states.h>
#include <asm/ioctls.h>

#include "picorn.h"

static int picorn_query(struct sock *sk, unsigned int cmd, int __user *to)
{
	struct picorn_call call = { };
	int err;

	if (sk->sk_state == TCP_LISTEN)
		return -EINVAL;
	if (cmd == SIOCATMARK && sk->sk_type != SOCK_STREAM)
		return -EINVAL;
	err = picorn_sock_do(sk, PICORN_QUERY, &call);
	if (err)
		return err;
	switch (cmd) {
	case SIOCINQ:
		return put_user(call.done.a, to);
	case SIOCOUTQ:
		return put_user(call.done.b, to);
	default:
		return put_user(call.done.c == 1, to);
	}
}

static void picorn_put_addr(struct sockaddr *addr, __be32 value)
{
	struct sockaddr_in *in = (struct sockaddr_in *)addr;

	memset(in, 0, sizeof(*in));
	in->sin_family = AF_INET;
	in->sin_addr.s_addr = value;
}

/* All interfaces that have an address. */
static int picorn_ifconf(struct ifconf __user *to)
{
	struct picorn_interface link;
	struct ifconf conf;
	struct ifreq req;
	int index, total = 0;

	if (copy_from_user(&conf, to, sizeof(conf)))
		return -EFAULT;
	for (index = 1; !picorn_get(PICORN_IFGET, index, &link, sizeof(link)); index++) {
		if (!link.addr)
			continue;
		if (conf.ifc_buf && total + (int)sizeof(req) > conf.ifc_len)
			break;
		memset(&req, 0, sizeof(req));
		strscpy(req.ifr_name, link.name, IFNAMSIZ);
		picorn_put_addr(&req.ifr_addr, link.addr);
		if (conf.ifc_buf && copy_to_user(conf.ifc_buf + total, &req, sizeof(req)))
			return -EFAULT;
		total += sizeof(req);
	}
	return put_user(total, &to->ifc_len);
}

static int picorn_ifset(u32 index, u32 what, const struct ifreq *req)
{
	struct picorn_call call = {
		.cmd.op = PICORN_IFSET,
		.cmd.a = index,
		.cmd.b = what,
	};

	if (!capable(CAP_NET_ADMIN))
		return -EPERM;
	if (what == PICORN_IF_FLAGS)
		call.cmd.c = (u16)req->ifr_flags;
	else if (req->ifr_addr.sa_family == AF_INET)
		call.cmd.addr = ((struct sockaddr_in *)&req->ifr_addr)->sin_addr.s_addr;
	else
		return -EINVAL;
	return picorn_do(&call);
}

static int picorn_ifget(unsigned int cmd, const struct picorn_interface *link, struct ifreq *req)
{
	bool loopback = link->flags & IFF_LOOPBACK;

	switch (cmd) {
	case SIOCGIFFLAGS:
		req->ifr_flags = link->flags;
		return 0;
	case SIOCGIFHWADDR:
		memset(&req->ifr_hwaddr, 0, sizeof(req->ifr_hwaddr));
		req->ifr_hwaddr.sa_family = loopback ? ARPHRD_LOOPBACK : ARPHRD_ETHER;
		memcpy(req->ifr_hwaddr.sa_data, link->mac, sizeof(link->mac));
		return 0;
	case SIOCGIFMTU:
		req->ifr_mtu = link->mtu;
		return 0;
	case SIOCGIFINDEX:
		req->ifr_ifindex = link->index;
		return 0;
	case SIOCGIFMETRIC:
		req->ifr_metric = 0;
		return 0;
	case SIOCGIFTXQLEN:
		req->ifr_qlen = 1000;
		return 0;
	case SIOCGIFMAP:
		memset(&req->ifr_map, 0, sizeof(req->ifr_map));
		return 0;
	}
	if (!link->addr)
		return -EADDRNOTAVAIL;
	switch (cmd) {
	case SIOCGIFADDR:
	case SIOCGIFDSTADDR:
		picorn_put_addr(&req->ifr_addr, link->addr);
		return 0;
	case SIOCGIFNETMASK:
		picorn_put_addr(&req->ifr_addr, link->mask);
		return 0;
	default:
		picorn_put_addr(&req->ifr_addr, loopback ? 0 : link->addr | ~link->mask);
		return 0;
	}
}

static int picorn_ifreq(unsigned int cmd, struct ifreq __user *to)
{
	struct picorn_interface link;
	struct ifreq req;
	int err;

	if (copy_from_user(&req, to, sizeof(req)))
		return -EFAULT;
	req.ifr_name[IFNAMSIZ - 1] = 0;
	err = picorn_find(req.ifr_name, &link);
	if (err)
		return err;
	switch (cmd) {
	case SIOCSIFADDR:
		return picorn_ifset(link.index, PICORN_IF_ADDRESS, &req);
	case SIOCSIFNETMASK:
		return picorn_ifset(link.index, PICORN_IF_NETMASK, &req);
	case SIOCSIFFLAGS:
		return picorn_ifset(link.index, PICORN_IF_FLAGS, &req);
	case SIOCSIFBRDADDR:
		return 0; /* it follows from address and netmask */
	}
	err = picorn_ifget(cmd, &link, &req);
	if (!err && copy_to_user(to, &req, sizeof(req)))
		err = -EFAULT;
	return err;
}

static int picorn_ifname(struct ifreq __user *to)
{
	struct picorn_interface link;
	struct ifreq req;
	int err;

	if (copy_from_user(&req, to, sizeof(req)))
		return -EFAULT;
	err = picorn_get(PICORN_IFGET, req.ifr_ifindex, &link, sizeof(link));
	if (err)
		return err;
	strscpy(req.ifr_name, link.name, IFNAMSIZ);
	return copy_to_user(to, &req, sizeof(req)) ? -EFAULT : 0;
}

static __be32 picorn_rt_addr(const struct sockaddr *addr)
{
	return ((const struct sockaddr_in *)addr)->sin_addr.s_addr;
}

static u32 picorn_rt_word(const struct sockaddr *addr)
{
	return (__force u32)picorn_rt_addr(addr);
}

static int picorn_route_via(const struct rtentry *entry, u32 *index)
{
	struct picorn_interface link;
	char name[IFNAMSIZ] = "";
	int err;

	if (!entry->rt_dev)
		return 0;
	if (strncpy_from_user(name, entry->rt_dev, IFNAMSIZ - 1) < 0)
		return -EFAULT;
	err = picorn_find(name, &link);
	*index = link.index;
	return err;
}

static int picorn_route(unsigned int cmd, const void __user *from)
{
	struct picorn_call call = {
		.cmd.op = cmd == SIOCADDRT ? PICORN_ADDROUTE : PICORN_DELROUTE,
	};
	struct rtentry entry;
	int err;

	if (!capable(CAP_NET_ADMIN))
		return -EPERM;
	if (copy_from_user(&entry, from, sizeof(entry)))
		return -EFAULT;
	if (entry.rt_dst.sa_family != AF_INET)
		return -EAFNOSUPPORT;
	call.cmd.addr = picorn_rt_addr(&entry.rt_dst);
	/* The netmask and the router stand in packets' order where others have numbers. */
	call.cmd.a = entry.rt_flags & RTF_HOST ? 0xffffffff : picorn_rt_word(&entry.rt_genmask);
	if (entry.rt_flags & RTF_GATEWAY)
		call.cmd.b = picorn_rt_word(&entry.rt_gateway);
	err = picorn_route_via(&entry, &call.cmd.c);
	if (err)
		return err;
	if (cmd == SIOCADDRT && !call.cmd.b && !call.cmd.c)
		return -ENODEV;
	return picorn_do(&call);
}

int picorn_ioctl(struct socket *sock, unsigned int cmd, unsigned long arg)
{
	void __user *user = (void __user *)arg;

	switch (cmd) {
	case SIOCINQ:
	case SIOCOUTQ:
	case SIOCATMARK:
		return picorn_query(sock->sk, cmd, user);
	case SIOCADDRT:
	case SIOCDELRT:
		return picorn_route(cmd, user);
	case SIOCGIFCONF:
		return picorn_ifconf(user);
	case SIOCGIFNAME:
		return picorn_ifname(user);
	case SIOCGIFFLAGS:
	case SIOCSIFFLAGS:
	case SIOCGIFADDR:
	case SIOCSIFADDR:
	case SIOCGIFDSTADDR:
	case SIOCGIFBRDADDR:
	case SIOCSIFBRDADDR:
	case SIOCGIFNETMASK:
	case SIOCSIFNETMASK:
	case SIOCGIFHWADDR:
	case SIOCGIFMTU:
	case SIOCGIFINDEX:
	case SIOCGIFMETRIC:
	case SIOCGIFTXQLEN:
	case SIOCGIFMAP:
		return picorn_ifreq(cmd, user);
	default:
		return -ENOIOCTLCMD;
	}
}
