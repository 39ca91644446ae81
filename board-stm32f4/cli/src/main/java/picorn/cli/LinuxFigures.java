// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.image.BadImage;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.linux.LinuxBuild;

/** What a built Linux is measured by: boots of its own, on boards with more or less SDRAM. */
final class LinuxFigures {
    private static final Pattern MEMORY = Pattern.compile("(?m)^Mem: +(\\d+) +(\\d+) +(\\d+) +\\d+ +(\\d+) +(\\d+)");
    private static final Pattern FILE = Pattern.compile("([0-9]+) /bin/socket-check");
    private static final String WAITING = "socket-check accept 10.0.2.2 &";
    private static final String SETTLED = "sleep 10; free";
    private static final int SMALLEST = 512 << 10;
    private static final int STEP = 64 << 10;

    private final LinuxBuild build;
    private final BoardModel board;
    private final EngineProvider engine;

    /**
     * What BusyBox's {@code free} prints, in KB.
     *
     * @param total what the kernel left for use
     * @param available what programs can still have
     */
    record Memory(int total, int used, int free, int cached, int available) {
        static Optional<Memory> parse(String printed) {
            Matcher matcher = MEMORY.matcher(printed);
            return matcher.find()
                    ? Optional.of(new Memory(
                            number(matcher, 1),
                            number(matcher, 2),
                            number(matcher, 3),
                            number(matcher, 4),
                            number(matcher, 5)))
                    : Optional.empty();
        }

        private static int number(Matcher matcher, int group) {
            return Integer.parseInt(matcher.group(group));
        }
    }

    LinuxFigures(LinuxBuild build, BoardModel board, EngineProvider engine) {
        this.build = build;
        this.board = board;
        this.engine = engine;
    }

    /** Free memory at the shell, on a board with so much SDRAM; nothing if that is not reached. */
    Optional<Memory> memory(int sdram) throws UsageError {
        BoardModel model = board.withSdram(sdram);
        try (LinuxConsole console = new LinuxConsole(
                model,
                build.boot(BundledImages.bundled("boot-linux", OptionalInt.empty()))
                        .imageFor(model),
                engine)) {
            return console.reachesShell() ? Memory.parse(console.answer("free")) : Optional.empty();
        } catch (BadImage e) {
            return Optional.empty(); // it does not fit
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UsageError("interrupted");
        }
    }

    /**
     * A small program that uses sockets.
     *
     * @param file octets
     * @param memory KB that one more of it takes while it runs
     */
    record Program(long file, int memory) {}

    /** What one more program that waits for a connection takes; nothing if the shell is not reached. */
    Optional<Program> program() throws UsageError, BadImage {
        try (LinuxConsole console = new LinuxConsole(
                board,
                build.boot(BundledImages.bundled("boot-linux", OptionalInt.empty()))
                        .imageFor(board),
                engine)) {
            if (!console.reachesShell()) {
                return Optional.empty();
            }
            Matcher file = FILE.matcher(console.answer("wc -c /bin/socket-check"));
            console.answer(WAITING);
            Optional<Memory> one = Memory.parse(console.answer(SETTLED));
            console.answer(WAITING);
            Optional<Memory> two = Memory.parse(console.answer(SETTLED));
            return file.find() && one.isPresent() && two.isPresent()
                    ? Optional.of(new Program(
                            Long.parseLong(file.group(1)),
                            one.get().free() - two.get().free()))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UsageError("interrupted");
        }
    }

    /** Least octets of SDRAM, in steps of 64 KB, with which it reaches the shell and {@code free} runs. */
    int smallestSdram() throws UsageError {
        int enough = board.sdram();
        int tooLittle = SMALLEST;
        while (enough - tooLittle > STEP) {
            int middle = (enough + tooLittle) / 2 / STEP * STEP;
            if (memory(middle).isPresent()) {
                enough = middle;
            } else {
                tooLittle = middle;
            }
        }
        return enough;
    }
}
