// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --save}, {@code --load}, {@code picorn inspect} and {@code monitor snapshot} as a user has them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SnapshotCommandTest {
    @TempDir
    private Path folder;

    private Path saved() throws Exception {
        Path file = folder.resolve("a.snapshot");
        Picorn.Result first =
                Picorn.run("run", "hello-net", "--engine", "java", "--limit", "0.12", "--save", file + "");
        assertThat(first.status()).as(first.messages()).isEqualTo(1);
        Files.writeString(folder.resolve("first.txt"), first.console());
        return file;
    }

    @Test
    void aRunGoesOnOnTheOtherEngineWhereItWasSaved() throws Exception {
        Path file = saved();
        Picorn.Result rest = Picorn.run("run", "hello-net", "--engine", "unicorn", "--load", file + "");
        assertThat(rest.status()).as(rest.messages()).isZero();
        String whole = Picorn.run("run", "hello-net", "--engine", "java").console();
        assertThat(Files.readString(folder.resolve("first.txt")) + rest.console())
                .isEqualTo(whole);
    }

    @Test
    void inspectShowsTimeCoreMemoriesAndRegistersOfIt() throws Exception {
        Path file = saved();
        assertThat(Picorn.run("inspect", file + "").console())
                .contains("hello-net on stm32429i-eval")
                .containsPattern("0\\.1200000\\d\\d s, \\d+ instructions")
                .contains("PC       0x08")
                .contains("SRAM         0x20000000   192K")
                .contains("USART1       0x40011000");
        Picorn.Result register = Picorn.run("inspect", file + "", "USART1.CR1");
        assertThat(register.console())
                .contains("USART1.CR1 0x4001100c = 0x0000208c")
                .contains("UE");
        assertThat(Picorn.run("inspect", "USART1.CR1").console()).contains("USART1.CR1 0x4001100c = 0x00000000");
        Picorn.Result unknown = Picorn.run("inspect", "USART1.CR7");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.messages()).hasLineCount(1).contains("there is no register or block 'USART1.CR7'");
    }

    @Test
    void whatCannotBeLoadedIsOneLineAndLeavesNoFiles() throws Exception {
        Path file = saved();
        byte[] octets = Files.readAllBytes(file);
        Path part = Files.write(folder.resolve("part"), java.util.Arrays.copyOf(octets, octets.length / 2));
        List<String> before = names();
        for (List<String> options : List.of(
                List.of("rtos-check", "--load", file + ""),
                List.of("hello-net", "--load", part + ""),
                List.of("hello-net", "--load", folder.resolve("first.txt") + ""),
                List.of("hello-net", "--load", folder.resolve("nothing") + ""),
                List.of("hello-net", "--sdram", "1M", "--load", file + ""),
                List.of("hello-net", "--seed", "2", "--load", file + ""))) {
            Picorn.Result result =
                    Picorn.run(Stream.concat(Stream.of("run", "--save", folder.resolve("b") + ""), options.stream())
                            .toArray(String[]::new));
            assertThat(result.status()).as(options.toString()).isEqualTo(2);
            assertThat(result.messages()).hasLineCount(1).startsWith("picorn: --load ");
        }
        assertThat(names()).isEqualTo(before);
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void gdbGoesBackToASnapshot() throws Exception {
        Path file = folder.resolve("g.snapshot");
        try (DebuggedRun run = DebuggedRun.start(folder, "hello-net", "--halt", "--engine", "java")) {
            String session = DebuggedRun.gdb(
                    folder,
                    DebuggedRun.elf(folder, "hello-net"),
                    "localhost:" + run.portNumber(),
                    "break arp_resolve",
                    "continue",
                    "monitor snapshot save " + file,
                    "monitor time",
                    "delete",
                    "break ethernet_transmit",
                    "continue",
                    "monitor snapshot load " + file,
                    "maintenance flush register-cache",
                    "print $pc",
                    "monitor time",
                    "monitor snapshot load " + folder.resolve("nothing"),
                    "continue",
                    "kill");
            assertThat(session).contains("saved to " + file).contains("loaded; halted at 0x08");
            List<String> times = session.lines()
                    .filter(line -> line.matches("[0-9.]+ s, [0-9]+ instructions.*"))
                    .toList();
            assertThat(times).as(session).hasSize(2);
            assertThat(times.get(1)).isEqualTo(times.get(0));
            assertThat(session).contains("nothing cannot be read; name another file");
        }
    }
}
