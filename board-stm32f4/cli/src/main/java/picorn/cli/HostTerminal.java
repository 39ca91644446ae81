// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The terminal at standard input in raw mode (POSIX, chapter 11, by its stty utility): each key comes at once, unechoed, Ctrl-C like
 * any other. Output is processed as before, so that a line of Picorn's own begins at the left.
 */
final class HostTerminal implements AutoCloseable {
    private static final String[] RAW = {
        "-icanon", "-echo", "-isig", "-iexten", "-ixon", "-icrnl", "-inlcr", "-igncr", "min", "1", "time", "0"
    };

    private final String before;
    private final AtomicBoolean restored = new AtomicBoolean();
    private final Thread atExit = new Thread(this::restore, "picorn terminal");

    private HostTerminal(String before) {
        this.before = before;
    }

    /** Puts the terminal at standard input into raw mode until it is closed or the process exits; nothing if there is none. */
    static Optional<HostTerminal> openRaw() {
        Optional<HostTerminal> terminal =
                stty("-g").filter(modes -> !modes.isEmpty()).map(HostTerminal::new);
        terminal.ifPresent(HostTerminal::makeRaw);
        return terminal;
    }

    private void makeRaw() {
        Runtime.getRuntime().addShutdownHook(atExit);
        stty(RAW);
    }

    private void restore() {
        if (restored.compareAndSet(false, true)) {
            stty(before);
        }
    }

    /** What it prints, or nothing if it fails, as it does without a terminal and on hosts that lack it. */
    private static Optional<String> stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(Arrays.asList(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream out = process.getInputStream()) {
                String printed = new String(out.readAllBytes(), StandardCharsets.US_ASCII).strip();
                return process.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process exits already
        }
    }
}
