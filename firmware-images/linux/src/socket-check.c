/* SPDX-License-Identifier: MIT */
/* Exercises what network programs need of a kernel: sockets, poll, timers, signals, vfork. Prints one line a check; the exit
   status is the number of checks that failed. "socket-check killed PEER" kills processes in calls of sockets
   instead, "socket-check rate PEER" counts connections in a second. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "killed-calls.h"

static int failures;
static volatile sig_atomic_t alarms;

static void check(const char *what, int good)
{
	printf("%-32s %s\n", what, good ? "ok" : strerror(errno));
	failures += !good;
}

static void on_alarm(int signal)
{
	(void)signal;
	alarms++;
}

static struct sockaddr_in local(int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	return address;
}

static int readable(int fd, int milliseconds)
{
	struct pollfd one = { .fd = fd, .events = POLLIN };

	return poll(&one, 1, milliseconds) == 1 && (one.revents & POLLIN);
}

static void check_timers_and_signals(void)
{
	struct sigaction action = { .sa_handler = on_alarm };
	struct itimerval soon = { .it_value = { .tv_usec = 20000 } };
	struct timespec before, after;

	sigaction(SIGALRM, &action, NULL);
	clock_gettime(CLOCK_MONOTONIC, &before);
	setitimer(ITIMER_REAL, &soon, NULL);
	errno = 0;
	check("poll is interrupted by a timer", poll(NULL, 0, 2000) == -1 && errno == EINTR && alarms == 1);
	clock_gettime(CLOCK_MONOTONIC, &after);
	long passed = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1000000;
	check("after 20 ms, not 2 s", passed >= 19 && passed < 1000);
}

static void check_vfork(void)
{
	int ends[2], status = 0;
	char line[8] = "";

	if (pipe(ends)) {
		check("pipe", 0);
		return;
	}
	pid_t child = vfork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execl("/bin/echo", "echo", "hello", (char *)NULL);
		_exit(127);
	}
	check("vfork and execl", child > 0);
	check("the child's output comes", readable(ends[0], 2000) && read(ends[0], line, 7) == 6 && !strcmp(line, "hello\n"));
	check("the child's status comes", waitpid(child, &status, 0) == child && status == 0);
	close(ends[0]);
	close(ends[1]);
}

static void check_stream(void)
{
	struct sockaddr_in address = local(7777);
	int on = 1;
	char data[16] = "";
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	check("listen", !bind(listener, (struct sockaddr *)&address, sizeof address) && !listen(listener, 4));
	int client = socket(AF_INET, SOCK_STREAM, 0);
	check("connect", !connect(client, (struct sockaddr *)&address, sizeof address));
	check("the listener becomes readable", readable(listener, 2000));
	int server = accept(listener, NULL, NULL);
	check("accept", server >= 0);
	check("send", send(client, "12345", 5, 0) == 5);
	check("data comes", readable(server, 2000) && recv(server, data, sizeof data, 0) == 5 && !strcmp(data, "12345"));
	fcntl(server, F_SETFL, O_NONBLOCK);
	errno = 0;
	check("no data: EAGAIN", recv(server, data, sizeof data, 0) == -1 && errno == EAGAIN);
	check("shutdown", !shutdown(client, SHUT_WR));
	check("end of stream", readable(server, 2000) && recv(server, data, sizeof data, 0) == 0);
	check("the other direction still works", send(server, "abc", 3, 0) == 3 && recv(client, data, sizeof data, 0) == 3);
	close(client);
	close(server);
	close(listener);
	client = socket(AF_INET, SOCK_STREAM, 0);
	errno = 0;
	check("nobody listens: ECONNREFUSED",
	      connect(client, (struct sockaddr *)&address, sizeof address) == -1 && errno == ECONNREFUSED);
	close(client);
}

static void check_datagrams(void)
{
	struct sockaddr_in address = local(7778), from;
	socklen_t size = sizeof from;
	char data[16] = "";
	int receiver = socket(AF_INET, SOCK_DGRAM, 0);
	int sender = socket(AF_INET, SOCK_DGRAM, 0);

	check("bind a datagram socket", !bind(receiver, (struct sockaddr *)&address, sizeof address));
	check("sendto", sendto(sender, "ping", 4, 0, (struct sockaddr *)&address, sizeof address) == 4);
	check("recvfrom", readable(receiver, 2000)
	      && recvfrom(receiver, data, sizeof data, 0, (struct sockaddr *)&from, &size) == 4 && !strcmp(data, "ping"));
	check("the sender's address", from.sin_addr.s_addr == htonl(INADDR_LOOPBACK));
	close(receiver);
	close(sender);
}

static volatile sig_atomic_t pipes;

static void on_pipe(int signal)
{
	(void)signal;
	pipes++;
}

/* Whether a call failed, and as it should. */
static int fails(long result, int error)
{
	return result == -1 && errno == error;
}

static int number_option(int fd, int level, int name)
{
	int value = -1;
	socklen_t size = sizeof value;

	return getsockopt(fd, level, name, &value, &size) ? -1 : value;
}

static int set_option(int fd, int level, int name, int value)
{
	return setsockopt(fd, level, name, &value, sizeof value);
}

static int listening(int port, int backlog)
{
	struct sockaddr_in address = local(port);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, backlog)) {
		close(fd);
		return -1;
	}
	return fd;
}

static int connected(int port)
{
	struct sockaddr_in address = local(port);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (connect(fd, (struct sockaddr *)&address, sizeof address)) {
		close(fd);
		return -1;
	}
	return fd;
}

static void check_what_there_is(void)
{
	check("no such type", fails(socket(AF_INET, SOCK_SEQPACKET, 0), ESOCKTNOSUPPORT));
	check("no such protocol", fails(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT));
	check("an impossible protocol", fails(socket(AF_INET, SOCK_RAW, -1), EINVAL));
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	check("its type", number_option(fd, SOL_SOCKET, SO_TYPE) == SOCK_STREAM);
	check("its protocol", number_option(fd, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_TCP);
	check("its domain", number_option(fd, SOL_SOCKET, SO_DOMAIN) == AF_INET);
	close(fd);
}

static void check_addresses(void)
{
	struct sockaddr_in address = local(7780), name;
	socklen_t size = sizeof name;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int other = socket(AF_INET, SOCK_STREAM, 0);

	check("a short address", fails(bind(fd, (struct sockaddr *)&address, 8), EINVAL));
	address.sin_addr.s_addr = htonl(0x0a636363);
	check("an address of another", fails(bind(fd, (struct sockaddr *)&address, sizeof address), EADDRNOTAVAIL));
	address = local(7780);
	address.sin_family = AF_UNIX;
	check("another family", fails(bind(fd, (struct sockaddr *)&address, sizeof address), EAFNOSUPPORT));
	address = local(7780);
	check("bind", !bind(fd, (struct sockaddr *)&address, sizeof address) && !listen(fd, 1));
	check("bind twice", fails(bind(fd, (struct sockaddr *)&address, sizeof address), EINVAL));
	check("a taken address", fails(bind(other, (struct sockaddr *)&address, sizeof address), EADDRINUSE));
	check("a listener", number_option(fd, SOL_SOCKET, SO_ACCEPTCONN) == 1);
	check("no listener", number_option(other, SOL_SOCKET, SO_ACCEPTCONN) == 0);
	check("getsockname", !getsockname(fd, (struct sockaddr *)&name, &size) && name.sin_port == htons(7780)
	      && name.sin_addr.s_addr == htonl(INADDR_LOOPBACK) && size == sizeof name);
	check("getpeername of a listener", fails(getpeername(fd, (struct sockaddr *)&name, &size), ENOTCONN));
	check("accept of no listener", fails(accept(other, NULL, NULL), EINVAL));
	close(other);
	other = connected(7780);
	check("getpeername", !getpeername(other, (struct sockaddr *)&name, &size) && name.sin_port == htons(7780));
	check("a port of its own", !getsockname(other, (struct sockaddr *)&name, &size) && ntohs(name.sin_port) > 1024);
	int server = accept(fd, (struct sockaddr *)&address, &size);
	check("accept tells the peer", server >= 0 && address.sin_port == name.sin_port);
	check("connect twice", fails(connect(other, (struct sockaddr *)&address, sizeof address), EISCONN));
	close(server);
	close(other);
	close(fd);
}

static void check_without_blocking(void)
{
	struct sockaddr_in nobody = local(7781), somebody = local(7782);
	struct pollfd one = { .events = POLLOUT };
	int listener = listening(7782, 4);
	char data[4];

	fcntl(listener, F_SETFL, O_NONBLOCK);
	check("nothing to accept", fails(accept(listener, NULL, NULL), EAGAIN));
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	check("recv before connect", fails(recv(fd, data, 4, 0), ENOTCONN));
	check("send before connect", fails(send(fd, data, 4, MSG_NOSIGNAL), EPIPE));
	check("shutdown before connect", fails(shutdown(fd, SHUT_WR), ENOTCONN));
	int result = connect(fd, (struct sockaddr *)&nobody, sizeof nobody);
	one.fd = fd;
	poll(&one, 1, 1000);
	check("connect fails later", result == -1 && (one.revents & POLLERR)
	      && number_option(fd, SOL_SOCKET, SO_ERROR) == ECONNREFUSED);
	check("the error is told once", number_option(fd, SOL_SOCKET, SO_ERROR) == 0);
	close(fd);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	result = connect(fd, (struct sockaddr *)&somebody, sizeof somebody);
	one.fd = fd;
	poll(&one, 1, 1000);
	check("connect succeeds later", (result == 0 || result == -1) && one.revents == POLLOUT
	      && number_option(fd, SOL_SOCKET, SO_ERROR) == 0);
	check("poll of a listener", readable(listener, 1000));
	int server = accept(listener, NULL, NULL);
	check("recv without waiting", fails(recv(server, data, 4, MSG_DONTWAIT), EAGAIN));
	fd_set readers;
	struct timeval soon = { .tv_usec = 10000 };
	FD_ZERO(&readers);
	FD_SET(server, &readers);
	check("select times out", select(server + 1, &readers, NULL, NULL, &soon) == 0);
	send(fd, "x", 1, 0);
	FD_SET(server, &readers);
	soon.tv_sec = 1;
	check("select finds data", select(server + 1, &readers, NULL, NULL, &soon) == 1 && FD_ISSET(server, &readers));
	close(server);
	close(fd);
	close(listener);
}

static void check_messages(void)
{
	int listener = listening(7783, 4);
	int client = connected(7783);
	int server = accept(listener, NULL, NULL);
	char data[32] = "", a[3], b[4], c[5];
	struct iovec out[] = { { "one", 3 }, { "", 0 }, { "four", 4 }, { "eight", 5 } };
	struct iovec in[] = { { a, 3 }, { b, 4 }, { c, 5 } };
	int waiting = 0;

	check("writev", writev(client, out, 4) == 12);
	check("MSG_PEEK", readable(server, 1000) && recv(server, data, 5, MSG_PEEK) == 5
	      && !memcmp(data, "onefo", 5));
	poll(NULL, 0, 10);
	check("FIONREAD", !ioctl(server, FIONREAD, &waiting) && waiting == 12);
	check("readv", readv(server, in, 3) == 12 && !memcmp(a, "one", 3) && !memcmp(b, "four", 4) && !memcmp(c, "eight", 5));
	check("nothing is left", !ioctl(server, FIONREAD, &waiting) && waiting == 0);
	pid_t child = vfork();
	if (child == 0) {
		send(client, "abc", 3, 0);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	send(client, "def", 3, 0);
	check("MSG_WAITALL", recv(server, data, 6, MSG_WAITALL) == 6 && !memcmp(data, "abcdef", 6));
	check("recv of nothing", fails(recv(server, data, 0, MSG_DONTWAIT), EAGAIN));
	check("urgent data is no stream", fails(recv(server, data, 1, MSG_OOB), EINVAL));
	struct timeval limit = { .tv_usec = 20000 };
	setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	check("SO_RCVTIMEO", fails(recv(server, data, 4, 0), EAGAIN));
	struct itimerval soon = { .it_value = { .tv_usec = 20000 } };
	struct sigaction action = { .sa_handler = on_alarm };
	sigaction(SIGALRM, &action, NULL);
	limit.tv_sec = 5;
	setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	setitimer(ITIMER_REAL, &soon, NULL);
	check("a signal interrupts recv", fails(recv(server, data, 4, 0), EINTR));
	shutdown(server, SHUT_RD);
	check("shutdown of reading", recv(server, data, 4, 0) == 0);
	close(server);
	close(client);
	close(listener);
}

static void check_options(void)
{
	int listener = listening(7784, 4);
	int client = connected(7784);
	struct linger reset = { .l_onoff = 1 };
	struct tcp_info info;
	socklen_t size = sizeof info;
	char data[4];

	check("TCP_NODELAY", number_option(client, IPPROTO_TCP, TCP_NODELAY) == 0
	      && !set_option(client, IPPROTO_TCP, TCP_NODELAY, 1) && number_option(client, IPPROTO_TCP, TCP_NODELAY) == 1);
	check("SO_KEEPALIVE", !set_option(client, SOL_SOCKET, SO_KEEPALIVE, 1)
	      && number_option(client, SOL_SOCKET, SO_KEEPALIVE) == 1);
	check("TCP_KEEPIDLE", number_option(client, IPPROTO_TCP, TCP_KEEPIDLE) == 7200
	      && !set_option(client, IPPROTO_TCP, TCP_KEEPIDLE, 60) && number_option(client, IPPROTO_TCP, TCP_KEEPIDLE) == 60);
	check("TCP_KEEPINTVL and TCP_KEEPCNT", number_option(client, IPPROTO_TCP, TCP_KEEPINTVL) == 75
	      && number_option(client, IPPROTO_TCP, TCP_KEEPCNT) == 9);
	check("an impossible value", fails(set_option(client, IPPROTO_TCP, TCP_KEEPIDLE, 0), EINVAL));
	check("no such option", fails(set_option(client, IPPROTO_TCP, 1234, 0), ENOPROTOOPT));
	check("TCP_INFO", !getsockopt(client, IPPROTO_TCP, TCP_INFO, &info, &size) && info.tcpi_state == TCP_ESTABLISHED
	      && info.tcpi_snd_mss > 500);
	check("IP_TTL", !set_option(client, IPPROTO_IP, IP_TTL, 5) && number_option(client, IPPROTO_IP, IP_TTL) == 5);
	int server = accept(listener, NULL, NULL);
	check("SO_LINGER", !setsockopt(server, SOL_SOCKET, SO_LINGER, &reset, sizeof reset));
	close(server);
	check("a reset", readable(client, 1000) && fails(recv(client, data, 4, 0), ECONNRESET));
	check("and then the end", recv(client, data, 4, 0) == 0);
	signal(SIGPIPE, on_pipe);
	check("SIGPIPE", fails(send(client, data, 4, 0), EPIPE) && pipes == 1);
	check("no SIGPIPE", fails(send(client, data, 4, MSG_NOSIGNAL), EPIPE) && pipes == 1);
	close(client);
	close(listener);
}

static void check_more_datagrams(void)
{
	struct sockaddr_in address = local(7785), from;
	socklen_t size = sizeof from;
	int receiver = socket(AF_INET, SOCK_DGRAM, 0);
	int sender = socket(AF_INET, SOCK_DGRAM, 0);
	static char large[70000];
	char data[16] = "", rest[16] = "";
	struct iovec out[] = { { "da", 2 }, { "ta", 2 }, { "gram", 4 } };
	struct iovec in[] = { { data, 3 }, { rest, 16 } };
	struct msghdr message = { .msg_name = &address, .msg_namelen = sizeof address, .msg_iov = out, .msg_iovlen = 3 };

	check("nobody to send to", fails(send(sender, "x", 1, 0), EDESTADDRREQ));
	check("recv of no datagram", fails(recv(sender, data, 1, MSG_DONTWAIT), EAGAIN));
	check("a datagram that is too long",
	      fails(sendto(sender, large, sizeof large, 0, (struct sockaddr *)&address, sizeof address), EMSGSIZE));
	bind(receiver, (struct sockaddr *)&address, sizeof address);
	check("sendmsg", sendmsg(sender, &message, 0) == 8);
	message = (struct msghdr){ .msg_name = &from, .msg_namelen = size, .msg_iov = in, .msg_iovlen = 2 };
	check("recvmsg", recvmsg(receiver, &message, 0) == 8 && !memcmp(data, "dat", 3) && !memcmp(rest, "agram", 5)
	      && message.msg_flags == 0);
	sendto(sender, "12345678", 8, 0, (struct sockaddr *)&address, sizeof address);
	int waiting = 0;
	check("FIONREAD of a datagram", readable(receiver, 1000) && !ioctl(receiver, FIONREAD, &waiting) && waiting == 8);
	check("MSG_PEEK and MSG_TRUNC", recv(receiver, data, 3, MSG_PEEK | MSG_TRUNC) == 8);
	message.msg_iovlen = 1;
	check("what does not fit is lost", recvmsg(receiver, &message, 0) == 3 && (message.msg_flags & MSG_TRUNC)
	      && fails(recv(receiver, data, 3, MSG_DONTWAIT), EAGAIN));
	check("an empty datagram", sendto(sender, "", 0, 0, (struct sockaddr *)&address, sizeof address) == 0
	      && readable(receiver, 1000) && recv(receiver, data, 3, 0) == 0);
	close(receiver);
	connect(sender, (struct sockaddr *)&address, sizeof address);
	check("getpeername of a datagram socket", !getpeername(sender, (struct sockaddr *)&from, &size)
	      && from.sin_port == htons(7785));
	send(sender, "x", 1, 0);
	poll(NULL, 0, 10);
	check("nobody receives: ECONNREFUSED", fails(send(sender, "x", 1, 0), ECONNREFUSED));
	from.sin_family = AF_UNSPEC;
	check("the peer can be forgotten", !connect(sender, (struct sockaddr *)&from, sizeof from)
	      && fails(getpeername(sender, (struct sockaddr *)&from, &size), ENOTCONN));
	close(sender);
}

static void check_interfaces(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	struct ifreq list[4];
	struct ifconf all = { .ifc_len = sizeof list, .ifc_req = list };
	struct sockaddr_in *address = (struct sockaddr_in *)&request.ifr_addr;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	int found = 0;

	check("SIOCGIFADDR", !ioctl(fd, SIOCGIFADDR, &request) && address->sin_addr.s_addr == htonl(INADDR_LOOPBACK));
	check("SIOCGIFNETMASK", !ioctl(fd, SIOCGIFNETMASK, &request) && address->sin_addr.s_addr == htonl(0xff000000));
	check("SIOCGIFFLAGS", !ioctl(fd, SIOCGIFFLAGS, &request) && (request.ifr_flags & IFF_UP)
	      && (request.ifr_flags & IFF_LOOPBACK));
	check("SIOCGIFCONF", !ioctl(fd, SIOCGIFCONF, &all));
	for (unsigned i = 0; i < all.ifc_len / sizeof *list; i++) {
		found += !strcmp(list[i].ifr_name, "lo");
	}
	check("lo is among them", found == 1);
	strcpy(request.ifr_name, "none");
	check("no such interface", fails(ioctl(fd, SIOCGIFADDR, &request), ENODEV));
	close(fd);
}

enum { MANY = 20 };

static void check_many(void)
{
	int listener = listening(7786, MANY), clients[MANY], servers[MANY];
	int good = 0;
	char data;

	for (int i = 0; i < MANY; i++) {
		clients[i] = connected(7786);
		servers[i] = accept(listener, NULL, NULL);
	}
	for (int i = 0; i < MANY; i++) {
		data = 'a' + i;
		send(clients[i], &data, 1, 0);
	}
	for (int i = MANY - 1; i >= 0; i--) {
		good += readable(servers[i], 1000) && recv(servers[i], &data, 1, 0) == 1 && data == 'a' + i;
		close(servers[i]);
		close(clients[i]);
	}
	check("20 connections at once", good == MANY);
	close(listener);
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 256);
	if (argc == 3 && !strcmp(argv[1], "killed")) {
		return kill_in_calls("/bin/socket-check", argv[2]);
	}
	if (argc == 3 && !strcmp(argv[1], "rate")) {
		return connection_rate(argv[2]);
	}
	if (argc == 3) {
		stay_in_call(argv[1], argv[2]);
		return 1;
	}
	check_timers_and_signals();
	check_vfork();
	int probe = socket(AF_INET, SOCK_STREAM, 0);
	if (probe < 0) {
		printf("%-32s %s\n", "AF_INET", strerror(errno));
	} else {
		close(probe);
		check_stream();
		check_datagrams();
		check_what_there_is();
		check_addresses();
		check_without_blocking();
		check_messages();
		check_options();
		check_more_datagrams();
		check_interfaces();
		check_many();
	}
	printf("socket-check: %d failed\n", failures);
	return failures;
}
