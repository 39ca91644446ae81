// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --trace}, {@code --strict} and {@code --stack-limit} as a user gives them. */
class TraceCommandTest {
    private static final String FINDING =
            "picorn: USART2.CR1 is accessed while its clock is off, at 0x08000048, 0.000000 s (instruction 60c1)";

    @TempDir
    Path folder;

    private Path image() throws Exception {
        return Files.write(folder.resolve("app.bin"), RawFirmware.usesGatedPeripheral());
    }

    private Picorn.Result run(String... options) throws Exception {
        String[] all = new String[options.length + 4];
        all[0] = "run";
        all[1] = image().toString();
        all[2] = "--address";
        all[3] = "0x08000000";
        System.arraycopy(options, 0, all, 4, options.length);
        return Picorn.run(all);
    }

    @Test
    void wrongDeedIsToldAndEndsAStrictRunOnly() throws Exception {
        Picorn.Result lenient = run();
        assertThat(lenient.messages()).contains(FINDING);
        assertThat(lenient.status()).isZero();
        Picorn.Result strict = run("--strict");
        assertThat(strict.messages())
                .contains(FINDING)
                .contains("the firmware did wrong, which --strict takes for a failure");
        assertThat(strict.status()).isEqualTo(1);
    }

    @Test
    void tracesGoToStandardErrorAndIntoFilesOfTheirFormats() throws Exception {
        Path vcd = folder.resolve("app.vcd");
        Path json = folder.resolve("app.json");
        Path info = folder.resolve("app.info");
        Path text = folder.resolve("app.txt");
        Picorn.Result result = run(
                "--engine",
                "java",
                "--trace",
                "mmio",
                "--trace",
                "irq:" + vcd,
                "--trace",
                "exec,irq:" + json,
                "--trace",
                "exec:" + info,
                "--trace",
                "insn:" + text,
                "--trace-pc",
                "0x08000048");
        assertThat(result.status()).as(result.messages()).isZero();
        assertThat(result.messages())
                .contains("0.000000125  mmio write USART2.CR1 = 0x00000000 (its clock is off), at 0x08000048");
        assertThat(Waveforms.parse(Files.readString(vcd)).rises()).containsKey("picorn.GPIOA.PA0");
        assertThat(ChromeEvents.parse(Files.readString(json)).tracks()).hasSize(2);
        assertThat(Files.readString(info)).isEqualTo("TN:\n");
        assertThat(Files.readString(text)).isEqualTo("0.000000125  insn 0x08000048  str r1, [r0, #12]  ; 0x08000048\n");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(5);
        }
    }

    @Test
    void badUsageIsSaidInALine() throws Exception {
        assertUsage("--trace 'foo' is none of mmio, irq, dma, net, exec, insn", "--trace", "mmio,foo");
        assertUsage("such a file holds irq;", "--trace", "mmio:" + folder.resolve("x.vcd"));
        assertUsage("--trace name the same file; name another", "--trace", "irq:x.txt", "--trace", "mmio:x.txt");
        assertUsage(
                "--trace-pc: nowhere is neither a function of the image", "--trace", "mmio", "--trace-pc", "nowhere");
        assertUsage("--trace-block chooses of what --trace traces", "--trace-block", "USART1");
        assertUsage("--stack-limit here is not an address; write it like", "--stack-limit", "here");
        assertThat(folder.resolve("x.vcd")).doesNotExist();
    }

    private void assertUsage(String words, String... options) throws Exception {
        Picorn.Result result = run(options);
        assertThat(result.status()).as(result.messages()).isEqualTo(2);
        assertThat(result.messages().replaceAll("--trace mmio,foo cannot be: ", "--trace "))
                .contains(words);
    }
}
