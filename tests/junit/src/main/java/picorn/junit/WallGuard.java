// SPDX-License-Identifier: MIT
package picorn.junit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picorn.emulator.host.HostInbox;
import picorn.emulator.machine.Machine;

/** Stops a machine that has been there for too long by the host's clock: the only thing in a test that reads it. */
final class WallGuard implements AutoCloseable {
    private final Duration limit;
    private final HostInbox.Port control;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean expired;

    WallGuard(Machine machine, Duration limit) {
        this.limit = limit;
        control = machine.inbox().control("wall limit", nothing -> machine.stop(this::words));
        Thread thread = new Thread(this::watch, "picorn wall limit");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            if (!over.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                expired = true;
                control.post(new byte[0]);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean expired() {
        return expired;
    }

    String words() {
        return "the test took longer than its wallLimitSeconds = %d".formatted(limit.toSeconds());
    }

    @Override
    public void close() {
        over.countDown();
        control.close();
    }
}
