// SPDX-License-Identifier: MIT
package picorn.system;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import picorn.junit.Board;
import picorn.junit.PicornTest;

/**
 * hello-net, run often, runs the same each time: its console with the time of each line, its frames with theirs, instructions and
 * exceptions, to the octet.
 */
class RepeatedRunTest {
    private record Trace(String console, String frames, long picoseconds, long instructions, long exceptions) {
        static Trace of(Board board) throws Exception {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new Trace(
                    board.console().timedLog(),
                    HexFormat.of().formatHex(digest.digest(board.capture())),
                    board.clock().picoseconds(),
                    board.clock().instructions(),
                    board.machine().core().exceptionsTaken());
        }
    }

    /** Collects the traces of a class of runs. */
    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class Alike {
        private final Set<Trace> traces = new HashSet<>();

        void runToItsEnd(Board board) throws Exception {
            assertThat(board.awaitExit(ofSeconds(60))).isZero();
            traces.add(Trace.of(board));
        }

        @AfterAll
        void allTracesAreOne() {
            assertThat(traces).hasSize(1);
        }
    }

    @Nested
    @PicornTest(image = "hello-net", engine = "java")
    class TwentyOnJava extends Alike {
        @RepeatedTest(20)
        void getsALeasePingsAndHasItsDatagramsEchoed(Board board) throws Exception {
            runToItsEnd(board);
        }
    }

    @Nested
    @PicornTest(image = "hello-net", engine = "unicorn")
    class TwoOnUnicorn extends Alike {
        @RepeatedTest(2)
        void getsALeasePingsAndHasItsDatagramsEchoed(Board board) throws Exception {
            runToItsEnd(board);
        }
    }

    @Nested
    @Tag("demand")
    @PicornTest(image = "hello-net", engine = "java")
    class AThousandOnJava extends Alike {
        @RepeatedTest(1000)
        void getsALeasePingsAndHasItsDatagramsEchoed(Board board) throws Exception {
            runToItsEnd(board);
        }
    }
}
