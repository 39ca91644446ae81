// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An emulator in a process of its own, whose guest is talked to over the process's standard input and output. */
final class GuestProcess implements AutoCloseable {
    /**
     * What something took.
     *
     * @param seconds by the wall
     * @param processor seconds of the processor, all threads together
     */
    record Effort(double seconds, double processor) {}

    private static final Effort NOTHING = new Effort(0, 0);

    private final Process process;
    private final InputStream out;
    private final OutputStream in;
    private final long start;

    GuestProcess(List<String> command) throws IOException {
        start = System.nanoTime();
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        out = process.getInputStream();
        in = process.getOutputStream();
    }

    /** What it has taken since its start when {@code text} is printed. */
    Effort until(String text) throws IOException {
        await(text);
        return since(NOTHING);
    }

    /** What a command of the guest's shell takes from its Enter on. */
    Effort of(String command) throws IOException {
        // What is echoed must not be taken for what is printed.
        for (byte key : (command + "; echo fin''ished").getBytes(StandardCharsets.US_ASCII)) {
            type(key);
            await(Character.toString(key)); // Linux's driver can lose a character that comes while it prints
        }
        Effort before = since(NOTHING);
        type('\r');
        await("finished");
        return since(before);
    }

    private void type(int key) throws IOException {
        in.write(key);
        in.flush();
    }

    private Effort since(Effort before) {
        double seconds = (System.nanoTime() - start) / 1e9;
        double processor =
                process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
        return new Effort(seconds - before.seconds(), processor - before.processor());
    }

    private void await(String text) throws IOException {
        TextWatch watch = new TextWatch(text);
        int octet = out.read();
        while (octet >= 0 && !watch.sees(octet)) {
            octet = out.read();
        }
        if (octet < 0) {
            throw new IOException("the emulator ended before the guest printed '%s'".formatted(text));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
