/* SPDX-License-Identifier: MIT */
/*
 * How many octets lwIP, as Debian builds it (liblwip-dev), carries in a second over TCP from itself to itself, everything on the one
 * thread that lwIP runs on. Prints the seconds that the given number of octets took.
 *
 *     gcc -O2 -o lwip-loopback lwip-loopback.c $(pkg-config --cflags --libs lwip) && ./lwip-loopback 1073741824
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <lwip/ip_addr.h>
#include <lwip/netif.h>
#include <lwip/tcp.h>
#include <lwip/tcpip.h>

static unsigned long long total, sent, received;
static char block[32768];
static struct netif loop;
static struct timespec began, began_cpu;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t over = PTHREAD_COND_INITIALIZER;
static double seconds, busy;

static double since(clockid_t clock, const struct timespec *then)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return now.tv_sec - then->tv_sec + (now.tv_nsec - then->tv_nsec) / 1e9;
}

static void finish(void)
{
	double cpu = since(CLOCK_THREAD_CPUTIME_ID, &began_cpu);

	pthread_mutex_lock(&mutex);
	busy = cpu;
	seconds = since(CLOCK_MONOTONIC, &began);
	pthread_cond_signal(&over);
	pthread_mutex_unlock(&mutex);
}

static err_t on_received(void *arg, struct tcp_pcb *pcb, struct pbuf *p, err_t err)
{
	if (!p)
		return ERR_OK;
	received += p->tot_len;
	tcp_recved(pcb, p->tot_len);
	pbuf_free(p);
	if (received >= total)
		finish();
	return ERR_OK;
}

static err_t on_accepted(void *arg, struct tcp_pcb *pcb, err_t err)
{
	tcp_recv(pcb, on_received);
	return ERR_OK;
}

static void fill(struct tcp_pcb *pcb)
{
	while (sent < total && tcp_sndbuf(pcb) > 0) {
		u16_t room = tcp_sndbuf(pcb) < sizeof block ? tcp_sndbuf(pcb) : sizeof block;

		if (room > total - sent)
			room = total - sent;
		if (tcp_write(pcb, block, room, TCP_WRITE_FLAG_COPY) != ERR_OK)
			break;
		sent += room;
	}
	tcp_output(pcb);
}

static err_t on_sent(void *arg, struct tcp_pcb *pcb, u16_t len)
{
	fill(pcb);
	return ERR_OK;
}

static err_t on_connected(void *arg, struct tcp_pcb *pcb, err_t err)
{
	clock_gettime(CLOCK_MONOTONIC, &began);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &began_cpu);
	fill(pcb);
	return ERR_OK;
}

static err_t no_output(struct netif *netif, struct pbuf *p, const ip4_addr_t *to)
{
	return ERR_IF;
}

static err_t init(struct netif *netif)
{
	netif->name[0] = 'l';
	netif->name[1] = 'b';
	netif->mtu = 1500;
	netif->output = no_output;
	return ERR_OK;
}

static void start(void *arg)
{
	ip4_addr_t address, mask, none;
	ip_addr_t us;
	struct tcp_pcb *listener, *client;

	IP4_ADDR(&address, 10, 0, 0, 1);
	IP4_ADDR(&mask, 255, 255, 255, 0);
	IP4_ADDR(&none, 0, 0, 0, 0);
	netif_add(&loop, &address, &mask, &none, NULL, init, tcpip_input);
	netif_set_default(&loop);
	netif_set_link_up(&loop);
	netif_set_up(&loop);
	ip_addr_copy_from_ip4(us, address);
	listener = tcp_new();
	tcp_bind(listener, IP_ADDR_ANY, 5001);
	listener = tcp_listen(listener);
	tcp_accept(listener, on_accepted);
	client = tcp_new();
	tcp_sent(client, on_sent);
	if (tcp_connect(client, &us, 5001, on_connected) != ERR_OK)
		exit(1);
}

int main(int argc, char **argv)
{
	total = argc > 1 ? strtoull(argv[1], NULL, 10) : 1ull << 30;
	tcpip_init(start, NULL);
	pthread_mutex_lock(&mutex);
	while (seconds == 0)
		pthread_cond_wait(&over, &mutex);
	pthread_mutex_unlock(&mutex);
	printf("%.3f s, %.3f s of the processor: %.2f Gbit/s\n", seconds, busy, received * 8 / busy / 1e9);
	return 0;
}
