// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.util.Objects;
import java.util.Optional;
import picorn.emulator.time.Clock;

/**
 * What a host grants to semihosting calls. Use: {@code SemihostingHost.of(console, clock).withCommandLine("rtos-check seed=3")}.
 *
 * @param output console output
 * @param input console input
 * @param clock virtual time
 * @param commandLine what SYS_GET_CMDLINE gives, in UTF-8
 * @param directory where files may be, if anywhere
 * @param largestFile octets that a file can grow to
 */
public record SemihostingHost(
        ConsoleOutput output,
        ConsoleInput input,
        Clock clock,
        String commandLine,
        Optional<ConfinedDirectory> directory,
        int largestFile) {
    /** Octets that a file can grow to unless another cap is set. */
    public static final int LARGEST_FILE = 16 << 20;

    /** All of them are given. */
    public SemihostingHost {
        Objects.requireNonNull(output);
        Objects.requireNonNull(input);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(commandLine);
        Objects.requireNonNull(directory);
    }

    /** Console output and time; no input, no command line, no files. */
    public static SemihostingHost of(ConsoleOutput output, Clock clock) {
        return new SemihostingHost(output, ConsoleInput.NONE, clock, "", Optional.empty(), LARGEST_FILE);
    }

    /** With console input. */
    public SemihostingHost withInput(ConsoleInput newInput) {
        return new SemihostingHost(output, newInput, clock, commandLine, directory, largestFile);
    }

    /** With a command line. */
    public SemihostingHost withCommandLine(String newCommandLine) {
        return new SemihostingHost(output, input, clock, newCommandLine, directory, largestFile);
    }

    /** With files in {@code newDirectory}, none of which grows beyond {@code newLargestFile} octets. */
    public SemihostingHost withFiles(ConfinedDirectory newDirectory, int newLargestFile) {
        return new SemihostingHost(output, input, clock, commandLine, Optional.of(newDirectory), newLargestFile);
    }
}
