/* SPDX-License-Identifier: MIT */
/* Kills processes while they are in a call of a socket, so that whoever keeps sockets can be looked at afterwards. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "killed-calls.h"

static struct sockaddr_in at(const char *host, int port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };

	inet_aton(host, &address.sin_addr);
	return address;
}

static int connected(const char *host, int port)
{
	struct sockaddr_in address = at(host, port);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return connect(fd, (struct sockaddr *)&address, sizeof address) ? -1 : fd;
}

static void in_accept(const char *peer)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)peer;
	listen(fd, 4);
	accept(fd, NULL, NULL);
}

static void in_connect(const char *peer)
{
	(void)peer;
	connected("10.0.2.200", 80);
}

static void in_recv(const char *peer)
{
	char data[16];

	recv(connected(peer, 4000), data, sizeof data, 0);
}

static void in_send(const char *peer)
{
	static char data[8192];
	int fd = connected(peer, 4000);

	while (send(fd, data, sizeof data, 0) > 0) {
	}
}

static void in_recvfrom(const char *peer)
{
	char data[16];

	(void)peer;
	recvfrom(socket(AF_INET, SOCK_DGRAM, 0), data, sizeof data, 0, NULL, NULL);
}

static void in_raw_recv(const char *peer)
{
	char data[16];

	(void)peer;
	recv(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), data, sizeof data, 0);
}

static void in_poll(const char *peer)
{
	struct pollfd many[] = {
		{ .fd = connected(peer, 4000), .events = POLLIN },
		{ .fd = socket(AF_INET, SOCK_DGRAM, 0), .events = POLLIN },
	};

	poll(many, 2, -1);
}

static void in_any(const char *peer)
{
	for (;;) {
		int fd = connected(peer, 80);

		send(fd, "GET /hello HTTP/1.0\r\n\r\n", 23, 0);
		shutdown(fd, SHUT_WR);
		close(fd);
	}
}

static const struct {
	const char *name;
	void (*stay)(const char *peer);
} calls[] = {
	{ "accept", in_accept },
	{ "connect", in_connect },
	{ "recv", in_recv },
	{ "send", in_send },
	{ "recvfrom", in_recvfrom },
	{ "raw recv", in_raw_recv },
	{ "poll", in_poll },
	{ "any", in_any },
};

enum { CALLS = sizeof calls / sizeof *calls, ROUNDS = 4, CONNECTIONS = 500 };

void stay_in_call(const char *name, const char *peer)
{
	for (int i = 0; i < CALLS; i++) {
		if (!strcmp(calls[i].name, name)) {
			calls[i].stay(peer);
		}
	}
}

static pid_t start(const char *program, const char *call, const char *peer)
{
	pid_t child = vfork();

	if (child == 0) {
		execl(program, program, call, peer, (char *)NULL);
		_exit(127);
	}
	return child;
}

int connection_rate(const char *peer)
{
	struct timespec before, after;
	char data;

	clock_gettime(CLOCK_MONOTONIC, &before);
	for (int i = 0; i < CONNECTIONS; i++) {
		int fd = connected(peer, 4000);

		if (fd < 0 || send(fd, "x", 1, 0) != 1 || recv(fd, &data, 1, 0) != 1) {
			perror("connection");
			return 1;
		}
		close(fd);
	}
	clock_gettime(CLOCK_MONOTONIC, &after);
	long passed = (after.tv_sec - before.tv_sec) * 1000000 + (after.tv_nsec - before.tv_nsec) / 1000;
	printf("%ld connections in a second\n", (long)(CONNECTIONS * 1000000LL / passed));
	return 0;
}

int kill_in_calls(const char *program, const char *peer)
{
	int killed = 0;

	for (int i = 0; i < CALLS * ROUNDS; i++) {
		pid_t child = start(program, calls[i % CALLS].name, peer);
		int status;

		usleep(50000 + 7919 * i);
		kill(child, SIGKILL);
		killed += waitpid(child, &status, 0) == child && WIFSIGNALED(status);
	}
	printf("killed in %d calls\n", killed);
	return killed == CALLS * ROUNDS ? 0 : 1;
}
