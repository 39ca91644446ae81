// SPDX-License-Identifier: GPL-2.0
/* Files of /proc/net that route, netstat and resolvers read, as TCP/IP of the kernel has them. */
#include <linux/proc_fs.h>
#include <linux/route.h>
#include <linux/seq_file.h>
#include <net/net_namespace.h>

#include "picorn.h"

static int picorn_route_show(struct seq_file *seq, void *unused)
{
	struct picorn_interface link;
	struct picorn_route route;
	u32 index;

	seq_puts(seq, "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n");
	for (index = 0; !picorn_get(PICORN_ROUTE, index, &route, sizeof(route)); index++) {
		u32 flags = RTF_UP;

		if (picorn_get(PICORN_IFGET, route.index, &link, sizeof(link)))
			continue;
		if (route.gateway)
			flags |= RTF_GATEWAY;
		if (route.mask == htonl(INADDR_BROADCAST))
			flags |= RTF_HOST;
		seq_printf(seq, "%s\t%08X\t%08X\t%04X\t0\t0\t0\t%08X\t0\t0\t0\n", link.name,
			   route.dst, route.gateway, flags, route.mask);
	}
	return 0;
}

/* The form of resolv.conf, and the name, are those of the kernel's own autoconfiguration. */
static int picorn_pnp_show(struct seq_file *seq, void *unused)
{
	struct picorn_lease lease;
	int i;

	if (picorn_get(PICORN_LEASE, 0, &lease, sizeof(lease)))
		return 0;
	seq_printf(seq, "#%s\n", lease.bound ? "PROTO: DHCP" : "MANUAL");
	for (i = 0; i < ARRAY_SIZE(lease.dns); i++)
		if (lease.dns[i])
			seq_printf(seq, "nameserver %pI4\n", &lease.dns[i]);
	return 0;
}

static void picorn_sockets_show(struct seq_file *seq, u32 type)
{
	struct picorn_look look;
	u32 number;

	seq_puts(seq, "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n");
	for (number = 0; number < PICORN_SOCKETS; number++) {
		if (picorn_get(PICORN_LOOK, number, &look, sizeof(look)) || look.type != type)
			continue;
		if (type == PICORN_RAW)
			look.port = htons(look.protocol);
		else if (!look.port)
			continue;
		seq_printf(seq, "%4u: %08X:%04X %08X:%04X %02X %08X:%08X 00:00000000 00000000     0        0 0\n",
			   number, look.addr, ntohs(look.port), look.peer, ntohs(look.peer_port),
			   look.state, look.unacknowledged, look.readable);
	}
}

static int picorn_tcp_show(struct seq_file *seq, void *unused)
{
	picorn_sockets_show(seq, PICORN_STREAM);
	return 0;
}

static int picorn_udp_show(struct seq_file *seq, void *unused)
{
	picorn_sockets_show(seq, PICORN_DGRAM);
	return 0;
}

static int picorn_raw_show(struct seq_file *seq, void *unused)
{
	picorn_sockets_show(seq, PICORN_RAW);
	return 0;
}

void picorn_proc_init(void)
{
	struct proc_dir_entry *net = init_net.proc_net;

	proc_create_net_single("route", 0444, net, picorn_route_show, NULL);
	proc_create_net_single("pnp", 0444, net, picorn_pnp_show, NULL);
	proc_create_net_single("tcp", 0444, net, picorn_tcp_show, NULL);
	proc_create_net_single("udp", 0444, net, picorn_udp_show, NULL);
	proc_create_net_single("raw", 0444, net, picorn_raw_show, NULL);
}
