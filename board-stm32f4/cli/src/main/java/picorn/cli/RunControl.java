// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picorn.emulator.host.HostInbox;
import picorn.emulator.machine.Machine;

/** Ends a run from outside: when the user interrupts it, when its wall time is up, when nobody takes its output any more. */
final class RunControl implements AutoCloseable {
    private static final long SECONDS_TO_CONCLUDE = 5;

    private final HostInbox.Port control;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread onInterrupt = new Thread(this::interrupt, "picorn interrupt");
    private Runnable hurryOutput = () -> {};

    RunControl(Machine machine) {
        control = machine.inbox().control("control", octets -> machine.stop(RunStop.values()[octets[0]]));
    }

    /** From now on Ctrl-C lets the run end with its table and its files. */
    void begin(Runnable whenTheRunIsToEnd) {
        hurryOutput = whenTheRunIsToEnd;
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** Ends the run after so many seconds of the host's. */
    void startWallLimit(double seconds) {
        Thread timer = new Thread(() -> stopAfter(seconds), "picorn wall limit");
        timer.setDaemon(true);
        timer.start();
    }

    private void stopAfter(double seconds) {
        try {
            if (!done.await((long) (seconds * 1e9), TimeUnit.NANOSECONDS)) {
                end(RunStop.WALL_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void interrupt() {
        try {
            if (done.getCount() > 0) {
                end(RunStop.INTERRUPTED);
                done.await(SECONDS_TO_CONCLUDE, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From any thread: the user wants the run to end now. */
    void end(RunStop why) {
        hurryOutput.run();
        post(why);
    }

    /** From any thread: the run ends after the present slice. */
    void post(RunStop why) {
        try {
            control.post(new byte[] {(byte) why.ordinal()});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run has ended, and all that it leaves is written. */
    void finish() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // it runs already: this is the end that it waits for
        }
    }

    @Override
    public void close() {
        control.close();
    }
}
