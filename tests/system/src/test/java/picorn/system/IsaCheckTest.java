// SPDX-License-Identifier: MIT
package picorn.system;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import picorn.junit.AllEngines;
import picorn.junit.Board;
import picorn.junit.PicornTest;

/** isa-check's checksums of each class of instructions are the same at every -O level, on every engine and in QEMU. */
class IsaCheckTest {
    private static final String OPTIMISED = "isa-check-O2";
    private static final int GROUPS = 24;

    @TempDir
    Path folder;

    @AllEngines
    @PicornTest(image = "isa-check-O0")
    void printsTheSameWithoutOptimisation(Board board) throws Exception {
        printsTheSame(board, "isa-check-O0");
    }

    @AllEngines
    @PicornTest(image = OPTIMISED)
    void printsTheSameAtO2(Board board) throws Exception {
        printsTheSame(board, OPTIMISED);
    }

    @AllEngines
    @PicornTest(image = "isa-check-O3")
    void printsTheSameAtO3(Board board) throws Exception {
        printsTheSame(board, "isa-check-O3");
    }

    @AllEngines
    @PicornTest(image = "isa-check-Os")
    void printsTheSameForSize(Board board) throws Exception {
        printsTheSame(board, "isa-check-Os");
    }

    private void printsTheSame(Board board, String image) throws Exception {
        String expected = QemuRun.bundled(OPTIMISED, folder);
        assertThat(expected.lines()).hasSize(GROUPS);
        assertThat(QemuRun.bundled(image, folder)).as("%s in QEMU", image).isEqualTo(expected);
        assertThat(board.awaitExit(ofSeconds(10))).isZero();
        assertThat(board.console().log()).isEqualTo(expected);
    }
}
