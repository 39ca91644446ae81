/* SPDX-License-Identifier: MIT */
/* Exercises what network programs need of a kernel: sockets, poll, timers, signals, vfork. Prints one line a check; the exit
   status is the number of checks that failed. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

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

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 256);
	check_timers_and_signals();
	check_vfork();
	int probe = socket(AF_INET, SOCK_STREAM, 0);
	if (probe < 0) {
		printf("%-32s %s\n", "AF_INET", strerror(errno));
	} else {
		close(probe);
		check_stream();
		check_datagrams();
	}
	printf("socket-check: %d failed\n", failures);
	return failures;
}
