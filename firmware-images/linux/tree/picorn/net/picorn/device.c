// SPDX-License-Identifier: GPL-2.0
/*
 * The socket device: rings, events, interrupt.
 *
 * A command is done when the store that announces it is: nobody waits for a
 * completion, and a process that is killed leaves no command behind. There is
 * neither cache nor MMU, so the device is given addresses as they are.
 */
#define pr_fmt(fmt) "picorn: " fmt

#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/poll.h>

#include "picorn.h"

#define IDR	0x00
#define VERR	0x04
#define LIMR	0x0c
#define CR	0x10
#define SR	0x14
#define ERRR	0x18
#define CMDAR	0x1c
#define CPLAR	0x20
#define EVTAR	0x24
#define STAAR	0x28
#define RSZR	0x2c
#define CMDTR	0x30
#define CPLHR	0x3c
#define EVTTR	0x40
#define EVTHR	0x44

#define IDR_VALUE	0x50534b31
#define VERR_MAJOR	1
#define CR_EN		BIT(0)
#define CR_RST		BIT(1)
#define CR_EVIE		BIT(8)
#define CR_LKIE		BIT(10)
#define CR_ERIE		BIT(11)
#define SR_EVF		BIT(0)
#define SR_LKF		BIT(2)
#define SR_ERF		BIT(3)
#define RSZR_EVENTS	(7 << 16)

/* What the device reads and writes */
static struct {
	struct picorn_command command;
	struct picorn_completion completion;
	u32 events[PICORN_SOCKETS];
	u32 states[PICORN_SOCKETS];
} shared __aligned(32);

static struct {
	/* Held for each command, by whatever context: none of them takes long. */
	spinlock_t lock;
	void __iomem *regs;
	u32 commands;
	u32 events;
	struct sock *socks[PICORN_SOCKETS];
} picorn = {
	.lock = __SPIN_LOCK_UNLOCKED(picorn.lock),
};

static int picorn_do_locked(struct picorn_call *call)
{
	call->cmd.tag = picorn.commands++;
	shared.command = call->cmd;
	writel(picorn.commands, picorn.regs + CMDTR);
	rmb(); /* the completion is there */
	if (shared.completion.count != picorn.commands)
		return -EIO;
	call->done = shared.completion;
	writel(picorn.commands, picorn.regs + CPLHR);
	return call->done.result;
}

/* Has a command carried out; its result is the device's, an errno if it is negative. */
int picorn_do(struct picorn_call *call)
{
	unsigned long flags;
	int result;

	spin_lock_irqsave(&picorn.lock, flags);
	result = picorn_do_locked(call);
	spin_unlock_irqrestore(&picorn.lock, flags);
	return result;
}

int picorn_sock_do(struct sock *sk, enum picorn_op op, struct picorn_call *call)
{
	call->cmd.op = op;
	call->cmd.socket = picorn_sk(sk)->number;
	return picorn_do(call);
}

/* Gives a socket the number that the command, OPEN or ACCEPT, results in. */
int picorn_open(struct sock *sk, struct picorn_call *call)
{
	unsigned long flags;
	int result;

	spin_lock_irqsave(&picorn.lock, flags);
	result = picorn_do_locked(call);
	if (result >= 0) {
		picorn_sk(sk)->number = result;
		picorn.socks[result] = sk;
	}
	spin_unlock_irqrestore(&picorn.lock, flags);
	return result;
}

void picorn_close(struct sock *sk, u32 linger)
{
	struct picorn_call call = {
		.cmd.op = PICORN_CLOSE,
		.cmd.socket = picorn_sk(sk)->number,
		.cmd.a = linger,
	};
	unsigned long flags;

	spin_lock_irqsave(&picorn.lock, flags);
	picorn.socks[picorn_sk(sk)->number] = NULL;
	picorn_do_locked(&call);
	spin_unlock_irqrestore(&picorn.lock, flags);
}

/* What can be done with a socket now. */
u32 picorn_state(const struct sock *sk)
{
	return READ_ONCE(shared.states[picorn_sk(sk)->number]);
}

static void picorn_take_error_locked(struct sock *sk)
{
	struct picorn_call call = {
		.cmd.op = PICORN_ERROR,
		.cmd.socket = picorn_sk(sk)->number,
	};

	if (picorn_state(sk) & PICORN_ERR && !picorn_do_locked(&call))
		WRITE_ONCE(sk->sk_err, call.done.a);
}

/* Takes over the error that waits at the device, if one does, for SO_ERROR and the next call. */
void picorn_take_error(struct sock *sk)
{
	unsigned long flags;

	spin_lock_irqsave(&picorn.lock, flags);
	picorn_take_error_locked(sk);
	spin_unlock_irqrestore(&picorn.lock, flags);
}

/* Wakes whoever sleeps on a socket, by reading, writing or poll. */
void picorn_wake(struct sock *sk)
{
	struct socket_wq *wq;

	rcu_read_lock();
	wq = rcu_dereference(sk->sk_wq);
	if (skwq_has_sleeper(wq))
		wake_up_interruptible_all(&wq->wait);
	sk_wake_async(sk, SOCK_WAKE_WAITD, POLL_IN);
	rcu_read_unlock();
}

/* Reads a structure of the device, such as an interface's description. */
int picorn_get(enum picorn_op op, u32 index, void *into, size_t size)
{
	struct picorn_piece piece = { (u32)into, size };
	struct picorn_call call = {
		.cmd.op = op,
		.cmd.socket = index,
		.cmd.a = index,
		.cmd.list = (u32)&piece,
		.cmd.pieces = 1,
	};
	int result = picorn_do(&call);

	return result < 0 ? result : 0;
}

int picorn_find(const char *name, struct picorn_interface *found)
{
	u32 index = 1;
	int err;

	do {
		err = picorn_get(PICORN_IFGET, index++, found, sizeof(*found));
	} while (!err && strncmp(found->name, name, IFNAMSIZ));
	return err;
}

static void picorn_events(void)
{
	u32 end = readl(picorn.regs + EVTTR);
	struct sock *sk;

	while (picorn.events != end) {
		sk = picorn.socks[shared.events[picorn.events++ % PICORN_SOCKETS] % PICORN_SOCKETS];
		writel(picorn.events, picorn.regs + EVTHR);
		if (sk) {
			picorn_take_error_locked(sk);
			picorn_wake(sk);
		}
	}
}

static void picorn_lease_changed(void)
{
	struct picorn_lease lease;
	struct picorn_piece piece = { (u32)&lease, sizeof(lease) };
	struct picorn_call call = {
		.cmd.op = PICORN_LEASE,
		.cmd.list = (u32)&piece,
		.cmd.pieces = 1,
	};

	if (picorn_do_locked(&call) > 0 && lease.bound)
		pr_info("lease of %pI4 obtained from %pI4\n", &lease.addr, &lease.server);
}

static irqreturn_t picorn_interrupt(int irq, void *unused)
{
	u32 status;

	spin_lock(&picorn.lock);
	status = readl(picorn.regs + SR);
	writel(status & (SR_LKF | SR_ERF), picorn.regs + SR);
	if (status & SR_EVF)
		picorn_events();
	if (status & SR_LKF)
		picorn_lease_changed();
	if (status & SR_ERF)
		pr_err("the device has stopped: ring error %u\n", readl(picorn.regs + ERRR));
	spin_unlock(&picorn.lock);
	return status ? IRQ_HANDLED : IRQ_NONE;
}

static int picorn_start(void)
{
	writel(CR_RST, picorn.regs + CR);
	writel((u32)&shared.command, picorn.regs + CMDAR);
	writel((u32)&shared.completion, picorn.regs + CPLAR);
	writel((u32)shared.events, picorn.regs + EVTAR);
	writel((u32)shared.states, picorn.regs + STAAR);
	writel(RSZR_EVENTS, picorn.regs + RSZR);
	writel(CR_EN | CR_EVIE | CR_LKIE | CR_ERIE, picorn.regs + CR);
	return readl(picorn.regs + CR) & CR_EN ? 0 : -EIO;
}

static int picorn_probe(struct platform_device *pdev)
{
	int irq, err;

	picorn.regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(picorn.regs))
		return PTR_ERR(picorn.regs);
	if (readl(picorn.regs + IDR) != IDR_VALUE ||
	    readl(picorn.regs + VERR) >> 16 != VERR_MAJOR ||
	    (readl(picorn.regs + LIMR) & 0xffff) != PICORN_SOCKETS)
		return -ENODEV;
	irq = platform_get_irq(pdev, 0);
	if (irq < 0)
		return irq;
	err = picorn_start();
	if (err)
		return err;
	err = devm_request_irq(&pdev->dev, irq, picorn_interrupt, 0, "picorn", NULL);
	if (err)
		return err;
	err = picorn_register();
	if (err)
		return err;
	picorn_proc_init();
	return 0;
}

static const struct of_device_id picorn_match[] = {
	{ .compatible = "picorn,sockets" },
	{ }
};

static struct platform_driver picorn_driver = {
	.probe = picorn_probe,
	.driver = {
		.name = "af_inet_picorn",
		.of_match_table = picorn_match,
		.suppress_bind_attrs = true,
	},
};
builtin_platform_driver(picorn_driver);
