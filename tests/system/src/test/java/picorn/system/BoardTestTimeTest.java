// SPDX-License-Identifier: MIT
package picorn.system;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import picorn.junit.Board;
import picorn.junit.PicornTest;

/**
 * How long a board test of hello-net takes in a JVM that is warm, for docs/performance.md. Prints, and checks only what no load of the host
 * can make false.
 */
class BoardTestTimeTest {
    private static final int RUNS = 20;

    /** Runs on one engine. */
    @Tag("long")
    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class Timed {
        private final List<Duration> boots = new ArrayList<>();
        private final List<Duration> wholes = new ArrayList<>();
        private String engine = "";
        private long previous = System.nanoTime();

        @RepeatedTest(RUNS)
        void fromPowerUpToItsEnd(Board board) {
            board.console().awaitLine("PHY", ofSeconds(10));
            boots.add(sincePrevious());
            assertThat(board.awaitExit(ofSeconds(60))).isZero();
            wholes.add(sincePrevious());
            engine = board.machine().engine().name();
            previous = System.nanoTime();
        }

        /** Since the end of the test before: with JUnit's own work, and with making and loading the board. */
        private Duration sincePrevious() {
            return Duration.ofNanos(System.nanoTime() - previous);
        }

        @AfterAll
        void print() {
            System.out.printf(
                    "hello-net in a warm JVM on %s, median of the last %d of %d runs: %d ms to its second line, %d ms to its end%n",
                    engine, RUNS / 2, RUNS, median(boots), median(wholes));
            assertThat(wholes).hasSize(RUNS);
        }

        private static long median(List<Duration> times) {
            List<Duration> warm =
                    times.subList(RUNS / 2, RUNS).stream().sorted().toList();
            return warm.get(warm.size() / 2).toMillis();
        }
    }

    @Nested
    @PicornTest(image = "hello-net", engine = "java")
    class OnJava extends Timed {}

    @Nested
    @PicornTest(image = "hello-net", engine = "unicorn")
    class OnUnicorn extends Timed {}
}
