// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
import picorn.netstack.host.files.GatewayFiles;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.board.SerialInput;
import picorn.stm32f4.linux.LinuxBoot;
import picorn.stm32f4.linux.LinuxBuild;

/** The ways into a built Linux other than vmlinux, and what is said when it does not fit. */
@Tag("linux")
class LinuxLoadingTest {
    private static final StopCause SHELL = () -> "the shell";
    private static final int FLASH = 0x0800_0000;
    private static final LinuxBuild FULL = LinuxBuild.named("linux").orElseThrow();

    private static String bootToShell(Image image) throws Exception {
        return bootToShell(image, GatewayFiles.NONE, Map.of());
    }

    /**
     * Runs until the shell's prompt; what was printed up to then.
     *
     * @param files of the gateway
     * @param answers what is typed at prompts
     */
    private static String bootToShell(Image image, GatewayFiles files, Map<String, String> answers) throws Exception {
        StringBuilder printed = new StringBuilder();
        try (Board board = new Board(BoardModel.stm32429iEval(), Engines.named("java"))) {
            SerialInput keys = board.serialInput();
            Map<String, String> left = new HashMap<>(answers);
            board.console().transmitTo((character, now) -> {
                printed.append((char) character);
                if (endsWith(printed, "/ # ")) {
                    board.machine().stop(SHELL);
                }
                left.keySet().stream()
                        .filter(prompt -> endsWith(printed, prompt))
                        .findFirst()
                        .map(left::remove)
                        .ifPresent(answer -> keys.received(answer.getBytes(StandardCharsets.US_ASCII)));
            });
            files.serve(board.connectUserNetwork(1).gateway());
            board.load(image);
            board.reset();
            assertThat(board.run(60 * Clock.SECOND)).as(printed.toString()).isEqualTo(new Outcome.Stopped(SHELL));
        }
        return printed.toString();
    }

    private static boolean endsWith(StringBuilder printed, String text) {
        return printed.length() >= text.length() && printed.indexOf(text, printed.length() - text.length()) >= 0;
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

    /** RFC 2132, options 66 and 67, and TFTP: what U-Boot's dhcp command asks for. */
    @Test
    void uBootLoadsTheKernelFromTheGatewayThatDhcpNames() throws Exception {
        Path folder = LinuxBuild.named("linux-u-boot").orElseThrow().folder();
        folder = folder.resolve("uImage").toRealPath().getParent(); // no link that leads out of a directory is served
        Image loader = ImageReader.read(folder.resolve("u-boot.bin"), OptionalInt.of(FLASH));
        GatewayFiles files = new GatewayFiles(Optional.of(folder), Optional.empty(), Optional.of("uImage"));
        Map<String, String> answers =
                Map.of("stop autoboot:  1 ", "\r", "U-Boot > ", "dhcp 0x800000 && bootm 0x800000\r");
        assertThat(bootToShell(loader, files, answers))
                .contains(
                        "DHCP client bound to address 10.0.2.15",
                        "TFTP from server 10.0.2.2",
                        "Bytes transferred = " + Files.size(folder.resolve("uImage")),
                        "Starting kernel ...");
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
