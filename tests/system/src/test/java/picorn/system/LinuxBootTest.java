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
import java.util.zip.CRC32;
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

    /** On the engine that lets code at 0xC0000000 execute. */
    @Test
    void aKernelOfTheTimeBeforeDeviceTreesFindsItsTags() throws Exception {
        BoardModel model = BoardModel.stm32429iEval().withSdram(MEGABYTE);
        Image kernel = uImage(BundledImage.read("tags-check"));
        StringBuilder printed = new StringBuilder();
        try (Board board = new Board(model, Engines.named("java"))) {
            board.semihosting(SemihostingHost.of(
                    (octets, at, length) -> printed.append(new String(octets, at, length, StandardCharsets.US_ASCII)),
                    board.machine()));
            board.load(LinuxBoot.withTags(loader(), kernel, 2189)
                    .commandLine("console=ttyS0,115200 stm32_platform=stm3240g-eval")
                    .initrd("initrd", INITRD)
                    .imageFor(model));
            board.reset();
            assertThat(board.run(Clock.SECOND)).isEqualTo(new Outcome.Exited(0));
            assertThat(printed)
                    .hasToString(
                            """
                            machine 2189
                            ATAG_MEM 1024 KB from 0xc0000000
                            ATAG_INITRD2 17 octets from 0xc00ff000
                            ATAG_CMDLINE console=ttyS0,115200 stm32_platform=stm3240g-eval
                            """);
            assertThat(board.machine().findings().all()).isEmpty();
        }
    }

    /** Linux, Documentation/arm/booting.rst, 4a: the tagged list belongs into the first 16 KB; it begins 256 octets into memory. */
    @Test
    void aCommandLineForWhichTheTagsHaveNoRoomIsRefused() throws Exception {
        int room = (16 << 10) - 0x100;
        int otherTags = 8 + 16 + 8 + 8; // CORE, MEM, the header of CMDLINE, NONE
        LinuxBoot boot = LinuxBoot.withTags(loader(), uImage(BundledImage.read("tags-check")), 2189);
        assertThat(boot.commandLine("x".repeat(room - otherTags - 1)).imageFor(BoardModel.stm32429iEval()))
                .isNotNull();
        assertThatThrownBy(() -> boot.commandLine("x".repeat(room - otherTags)).imageFor(BoardModel.stm32429iEval()))
                .isInstanceOf(BadImage.class)
                .hasMessage(
                        "uImage: its tags would have %d octets with the command line, and %d are free for them before"
                                        .formatted(room + 4, room)
                                + " the kernel; shorten --append");
    }

    /** As mkimage -A arm -O linux -T kernel makes it: U-Boot, include/image.h. */
    private static Image uImage(Image program) throws BadImage {
        byte[] payload = program.segments().get(0).bytes();
        ByteBuffer header = ByteBuffer.allocate(64);
        header.putInt(0x2705_1956).putInt(0).putInt(0).putInt(payload.length);
        header.putInt(program.segments().get(0).address())
                .putInt(program.entry().orElseThrow())
                .putInt(crc(payload));
        header.put(new byte[] {5, 2, 2, 0}).put("2.6".getBytes(StandardCharsets.US_ASCII));
        header.putInt(4, crc(header.array()));
        byte[] file = ByteBuffer.allocate(64 + payload.length)
                .put(header.array())
                .put(payload)
                .array();
        return ImageReader.read("uImage", file, OptionalInt.empty());
    }

    private static int crc(byte[] octets) {
        CRC32 crc = new CRC32();
        crc.update(octets);
        return (int) crc.getValue();
    }
}
