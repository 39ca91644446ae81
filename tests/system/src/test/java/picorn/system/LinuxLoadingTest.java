// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Engines;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.emulator.machine.Outcome;
import picorn.emulator.machine.StopCause;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.linux.LinuxBoot;
import picorn.stm32f4.linux.LinuxBuild;

/** The ways into a built Linux other than vmlinux, and what is said when it does not fit. */
@Tag("linux")
class LinuxLoadingTest {
    private static final StopCause SHELL = () -> "the shell";
    private static final LinuxBuild FULL = LinuxBuild.named("linux").orElseThrow();

    /** Runs until the shell's prompt; what was printed up to then. */
    private static String bootToShell(Image image) throws Exception {
        StringBuilder printed = new StringBuilder();
        try (Board board = new Board(BoardModel.stm32429iEval(), Engines.named("java"))) {
            board.console().transmitTo((character, now) -> {
                printed.append((char) character);
                if (printed.length() > 4
                        && printed.substring(printed.length() - 4).equals("/ # ")) {
                    board.machine().stop(SHELL);
                }
            });
            board.connectUserNetwork(1);
            board.load(image);
            board.reset();
            assertThat(board.run(60 * Clock.SECOND)).as(printed.toString()).isEqualTo(new Outcome.Stopped(SHELL));
        }
        return printed.toString();
    }

    @Test
    void aPackedUImageBootsWithADeviceTree() throws Exception {
        Image kernel = ImageReader.read("uImage", uImage(Files.readAllBytes(FULL.bootImage())), OptionalInt.empty());
        assertThat(bootToShell(LinuxBoot.with(BundledImage.read("boot-linux"), kernel, FULL.deviceTree())
                        .commandLine("root=/dev/ram loglevel=7")
                        .initrd("rootfs.cpio", FULL.fileSystem())
                        .imageFor(BoardModel.stm32429iEval())))
                .contains("Kernel command line: root=/dev/ram loglevel=7");
    }

    /** As mkimage -A arm -O linux -T kernel -C gzip -a 0x8000 -e 0x8001 makes it: U-Boot, include/image.h. */
    private static byte[] uImage(byte[] kernel) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(kernel);
        }
        byte[] payload = packed.toByteArray();
        ByteBuffer header = ByteBuffer.allocate(64);
        header.putInt(0x2705_1956).putInt(0).putInt(0).putInt(payload.length);
        header.putInt(0x8000).putInt(0x8001).putInt(crc(payload));
        header.put(new byte[] {5, 2, 2, 1}).put("Linux".getBytes(StandardCharsets.US_ASCII));
        header.putInt(4, crc(header.array()));
        return ByteBuffer.allocate(64 + payload.length)
                .put(header.array())
                .put(payload)
                .array();
    }

    private static int crc(byte[] octets) {
        CRC32 crc = new CRC32();
        crc.update(octets);
        return (int) crc.getValue();
    }

    /** Nothing is stood in for: U-Boot sets clocks and SDRAM up, unpacks the kernel from flash memory and enters it. */
    @Test
    void uBootLoadsTheKernelByItself() throws Exception {
        Path flash = LinuxBuild.named("linux-u-boot").orElseThrow().folder().resolve("flash.hex");
        assertThat(bootToShell(ImageReader.read(flash, OptionalInt.empty())))
                .contains("U-Boot 2023.01", "DRAM:  32 MiB", "Verifying Checksum ... OK", "Starting kernel ...");
    }

    @Test
    void aKernelLargerThanSdramIsNotStarted() throws Exception {
        Picorn.Result result = Picorn.run("run", "linux", "--engine", "java", "--sdram", "2M");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.messages())
                .matches(
                        "(?s)picorn: .*vmlinux: it ends at \\d+ KB of SDRAM, but the device tree and rootfs.cpio must start"
                                + " at \\d+ KB; give the board more SDRAM \\(--sdram\\), .*");
    }

    @Test
    void aKernelThatRunsOutOfMemoryEndsTheRunWithTheReason() throws Exception {
        Picorn.Result result = Picorn.run("run", "linux", "--engine", "java", "--sdram", "4M", "--wall-limit", "300");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.messages())
                .containsPattern("the kernel panicked: .*: 4M of SDRAM are too little for it and its user space;"
                        + " give more \\(--sdram\\)");
    }

    @Test
    void anXipKernelTooLargeForFlashIsNotStarted() throws Exception {
        Picorn.Result result = Picorn.run("run", "linux-no-network", "--engine", "java", "--flash", "1M");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.messages()).contains("do not fit: FLASH (1048576 octets at 0x08000000) ends at 0x08100000");
    }
}
