// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Engines;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.linux.DeviceTree;
import picorn.stm32f4.linux.DeviceTreeNode;
import picorn.stm32f4.linux.LinuxBoot;

/** What a kernel finds when it is entered (Linux, Documentation/arm/booting.rst), by a kernel of a few instructions. */
class LinuxBootTest {
    private static final int SRAM = 0x2000_0000;
    private static final int TEXT_OFFSET = 0x8000;
    private static final int MEGABYTE = 1 << 20;
    private static final byte[] INITRD = "070701, and so on".getBytes(StandardCharsets.US_ASCII);

    static Iterable<EngineProvider> engines() {
        return Engines.all();
    }

    /** Keeps r0, r1, r2, what r2 points to, SP and PRIMASK at the start of SRAM, and ends well. */
    private static Image kernel() throws BadImage {
        ByteBuffer code = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        int[] halfwords = {
            0xF04F,
            0x5300, // mov.w r3, #0x20000000
            0xC307, // stmia r3!, {r0, r1, r2}
            0x6811, // ldr r1, [r2]
            0x466A, // mov r2, sp
            0xF3EF,
            0x8410, // mrs r4, PRIMASK
            0xC316, // stmia r3!, {r1, r2, r4}
            0x2018, // movs r0, #0x18
            0xF240,
            0x0126, // movw r1, #0x26
            0xF2C0,
            0x0102, // movt r1, #2
            0xBEAB // bkpt 0xAB
        };
        for (int halfword : halfwords) {
            code.putShort((short) halfword);
        }
        return ImageReader.read("kernel", code.array(), OptionalInt.of(TEXT_OFFSET));
    }

    private static Image loader() throws IOException, BadImage {
        return BundledImage.read("boot-linux");
    }

    /** A tree with a root and nothing else. */
    private static DeviceTree tree() throws BadImage {
        ByteBuffer blob = ByteBuffer.allocate(40 + 16 + 16);
        for (int word : new int[] {0xD00D_FEED, 72, 56, 72, 40, 17, 16, 0, 0, 16, 0, 0, 0, 0, 1, 0, 2, 9}) {
            blob.putInt(word);
        }
        return DeviceTree.parse("tree", blob.array());
    }

    private static LinuxBoot boot() throws IOException, BadImage {
        return LinuxBoot.with(loader(), kernel(), tree())
                .commandLine("console=ttySTM0")
                .initrd("initrd", INITRD);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theKernelFindsWhatTheBootProtocolSays(EngineProvider engine) throws Exception {
        BoardModel model = BoardModel.stm32429iEval().withSdram(MEGABYTE);
        try (Board board = new Board(model, engine)) {
            board.semihosting(SemihostingHost.of((octets, at, length) -> {}, board.machine()));
            board.load(boot().imageFor(model));
            board.reset();
            assertThat(board.run(Clock.SECOND)).isEqualTo(new Outcome.Exited(0));

            int tree = word(board, SRAM + 8);
            assertThat(word(board, SRAM)).as("r0").isZero();
            assertThat(word(board, SRAM + 4)).as("r1: no machine number").isEqualTo(-1);
            assertThat(tree).as("r2").isBetween(TEXT_OFFSET, MEGABYTE).matches(at -> at % 8 == 0, "aligned");
            assertThat(Integer.reverseBytes(word(board, SRAM + 12)))
                    .as("what r2 points to")
                    .isEqualTo(0xD00D_FEED);
            assertThat(word(board, SRAM + 16)).as("SP").isBetween(SRAM, SRAM + 0x3_0000);
            assertThat(word(board, SRAM + 20)).as("PRIMASK: interrupts are off").isEqualTo(1);
            assertThat(board.machine().clocks().hclk().frequency().toHertz()).isEqualTo(168_000_000);
            assertThat(board.machine().findings().all()).isEmpty();
        }
    }

    private static int word(Board board, int address) {
        return (int) board.machine().bus().peek(address, 4);
    }

    @Test
    void theTreeTellsMemoryCommandLineAndFileSystem() throws Exception {
        DeviceTree tree = tree();
        Image image = LinuxBoot.with(loader(), kernel(), tree)
                .commandLine("console=ttySTM0")
                .initrd("initrd", INITRD)
                .imageFor(BoardModel.stm32429iEval().withSdram(MEGABYTE));

        int initrdAt = MEGABYTE - 4096;
        DeviceTreeNode chosen = tree.root().child("chosen");
        assertThat(chosen.text("bootargs")).contains("console=ttySTM0");
        assertThat(chosen.properties().get("linux,initrd-start")).isEqualTo(cells(initrdAt));
        assertThat(chosen.properties().get("linux,initrd-end")).isEqualTo(cells(initrdAt + INITRD.length));
        assertThat(tree.root().child("memory@0").properties().get("reg")).isEqualTo(cells(0, MEGABYTE));
        assertThat(image.segments()).anySatisfy(segment -> {
            assertThat(segment.address()).isEqualTo(0xC000_0000 + initrdAt);
            assertThat(segment.bytes()).isEqualTo(INITRD);
        });
    }

    private static byte[] cells(int... values) {
        ByteBuffer octets = ByteBuffer.allocate(4 * values.length);
        List.of(values).forEach(each -> {
            for (int value : each) {
                octets.putInt(value);
            }
        });
        return octets.array();
    }

    @Test
    void whatDoesNotFitIsSaid() throws Exception {
        assertThatThrownBy(() -> boot().imageFor(BoardModel.stm32429iEval().withSdram(36 << 10)))
                .isInstanceOf(BadImage.class)
                .hasMessageMatching(
                        "kernel: it ends at 32 KB of SDRAM, but the device tree and initrd must start at 31 KB; "
                                + "give the board more SDRAM \\(--sdram\\), or the kernel and its file system less");
    }
}
