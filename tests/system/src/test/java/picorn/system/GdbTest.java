// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of gdb-multiarch with {@code picorn run --gdb}, as docs/debugging.md shows them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class GdbTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"java", "unicorn"})
    void breaksWatchesAndStepsThroughAnInterrupt(String engine) throws Exception {
        try (DebuggedRun run = DebuggedRun.start(folder, "hello-net", "--halt", "--engine", engine)) {
            String session = run.gdb(
                    "info registers pc",
                    "break SysTick_Handler",
                    "continue",
                    "backtrace 3",
                    "finish",
                    "print tick_count",
                    "delete",
                    "watch tick_count",
                    "continue",
                    "x/i $pc",
                    "delete",
                    "rwatch tick_count",
                    "continue",
                    "x/i $pc - 4",
                    "delete",
                    "stepi 1000",
                    "monitor time",
                    "kill");
            assertThat(session)
                    .contains("<Reset_Handler>")
                    .contains("Breakpoint 1, SysTick_Handler ()")
                    .containsPattern(
                            "#0  SysTick_Handler \\(\\)[^#]*#1  <signal handler called>\\s+#2  \\S+ in require_bits")
                    .contains("$1 = 1")
                    .containsPattern("Old value = 1\nNew value = 2\n\\S+ in SysTick_Handler \\(\\)")
                    .containsPattern("=> \\S+ <SysTick_Handler\\+8>:\\s+bx\\s+lr")
                    .containsPattern("Value = 2\n\\S+ in require_bits")
                    .contains("<require_bits+10>:")
                    .containsPattern("0\\.00\\d+ s, \\d+ instructions, thread mode, awake");
            assertThat(run.status()).isZero();
            assertThat(run.messages()).contains("ended by the debugger");
        }
    }

    /** Step by step from before an interrupt into its handler and out of it. */
    @Test
    void singleStepsEnterAndLeaveAHandler() throws Exception {
        try (DebuggedRun run = DebuggedRun.start(folder, "hello-net", "--halt", "--engine", "java")) {
            String session = run.gdb(
                    "break SysTick_Handler",
                    "continue",
                    "delete",
                    "stepi",
                    "stepi",
                    "stepi",
                    "stepi",
                    "info registers pc xpsr",
                    "stepi",
                    "info registers xpsr",
                    "info symbol $pc",
                    "kill");
            assertThat(session)
                    .containsPattern("pc +\\S+ +\\S+ <SysTick_Handler\\+8>\\s+xpsr +0x\\S*00f ")
                    .containsPattern("xpsr +0x\\S*000 ")
                    .contains("require_bits + ");
        }
    }

    @Test
    void loadsAnImageAndStartsItAnew() throws Exception {
        try (DebuggedRun run = DebuggedRun.start(folder, "hello-net", "--halt")) {
            Path other = DebuggedRun.elf(folder, "rtos-check");
            String session = DebuggedRun.gdb(
                    folder,
                    other,
                    "localhost:" + run.portNumber(),
                    "load",
                    "compare-sections",
                    "monitor reset halt",
                    "maintenance flush register-cache",
                    "break main",
                    "continue",
                    "print/x *(unsigned *)0x08000000",
                    "monitor reg RCC.CR",
                    "continue");
            assertThat(session)
                    .contains("Loading section .text")
                    .contains("matched")
                    .doesNotContain("MIS-MATCHED")
                    .contains("Breakpoint 1, main () at rtos-check/main.c")
                    .contains("RCC.CR 0x40023800 = 0x00000083")
                    .containsPattern("HSION +\\[0\\] +1 +rw");
        }
    }

    /** Both stubs answer the same to everything that does not depend on when the SysTick comes. */
    @Test
    void answersAsTheStubOfQemuDoes() throws Exception {
        String[] script = {
            "break main",
            "continue",
            "info registers r0 r1 r2 r3 r4 r12 sp lr pc xpsr",
            "backtrace",
            "stepi 40",
            "info registers r0 r1 r2 r3 sp lr pc",
            "print/x $xpsr",
            "watch rounds",
            "continue",
            "info registers pc",
            "delete",
            "break kernel_start",
            "continue",
            "info registers r0 r1 sp",
            "print rounds",
            "x/4xw $sp",
            "kill"
        };
        try (DebuggedRun run = DebuggedRun.start(folder, "rtos-check", "--halt", "--append", "rounds=3")) {
            String ours = run.gdb(script);
            assertThat(ours).contains("Old value = 0\nNew value = 3\n");
            assertThat(withoutNotes(ours)).isEqualTo(withoutNotes(underQemu(script)));
        }
    }

    private String underQemu(String... script) throws Exception {
        int port = freePort();
        Path image = DebuggedRun.elf(folder, "rtos-check");
        Process qemu = QemuRun.debugged(image, "rtos-check", port, folder.resolve("qemu.txt"), "rounds=3");
        try {
            return DebuggedRun.gdb(folder, image, "127.0.0.1:" + port, script);
        } finally {
            qemu.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What GDB says of the memory map, which QEMU has none of, and of who was killed. */
    private static String withoutNotes(String session) {
        return session.lines()
                .filter(line -> !line.startsWith("Note: ") && !line.startsWith("[Inferior"))
                .reduce("", (text, line) -> text + line + "\n");
    }

    /** The commands that cortex-debug gives to GDB with servertype "external", in its order, and those of its buttons. */
    @Test
    void servesCortexDebug() throws Exception {
        try (DebuggedRun run = DebuggedRun.start(folder, "hello-net", "--halt")) {
            String session = run.machineInterface(
                    "1-gdb-set mi-async off", // so that GDB waits for the core to halt before it reads on
                    "2-gdb-set print demangle on",
                    "3-enable-pretty-printing",
                    "4-target-select extended-remote localhost:" + run.portNumber(),
                    "5-interpreter-exec console \"monitor reset halt\"",
                    "6-target-download",
                    "7-interpreter-exec console \"monitor reset halt\"",
                    "8-break-insert -t main",
                    "9-exec-continue",
                    "10-thread-info",
                    "11-stack-list-frames --thread 1",
                    "12-data-list-register-values x",
                    "13-data-read-memory-bytes 0x40023800 4",
                    "14-interpreter-exec console \"monitor reset halt\"",
                    "15-target-disconnect",
                    "16-gdb-exit");
            assertThat(session)
                    .contains("4^connected")
                    .contains("6^done")
                    .contains("8^done")
                    .contains("9^running")
                    .contains("func=\"main\"")
                    .contains("13^done,memory=")
                    .contains("15^done");
            assertThat(session.lines().filter(line -> line.contains("^error"))).isEmpty();
        }
    }

    @Test
    void oneAfterTheOtherMayConnectAndTheSecondOfTwoIsTurnedAway() throws Exception {
        try (DebuggedRun run = DebuggedRun.start(folder, "hello-net", "--halt")) {
            assertThat(run.gdb("break main", "continue", "disconnect")).contains("Breakpoint 1, main ()");
            try (Socket first = new Socket(InetAddress.getLoopbackAddress(), run.portNumber())) {
                first.getOutputStream().write("$?#3f".getBytes());
                assertThat(first.getInputStream().read()).isEqualTo('+');
                try (Socket second = new Socket(InetAddress.getLoopbackAddress(), run.portNumber())) {
                    assertThat(second.getInputStream().read()).as("closed").isNegative();
                }
            }
        }
    }

    /** The hunt that docs/debugging.md shows, command by command. */
    @Test
    void aHardFaultIsHuntedToItsCause() throws Exception {
        String image = "src/test/resources/overrun.elf";
        try (DebuggedRun run = DebuggedRun.startFile(folder, Path.of(image), "--halt")) {
            List<String> hunt = Files.readString(Path.of("../../docs/debugging.md"))
                    .lines()
                    .dropWhile(line -> !line.startsWith("## From a HardFault"))
                    .filter(line -> line.startsWith("    (gdb) "))
                    .map(line -> line.substring("    (gdb) ".length()))
                    .filter(line -> !line.startsWith("target remote"))
                    .toList();
            assertThat(hunt).hasSizeGreaterThan(8);
            String session = run.gdb(hunt.toArray(String[]::new));
            assertThat(session)
                    .containsPattern("INVSTATE +\\[17] +1 ")
                    .contains("<signal handler called>")
                    .containsPattern("#3  \\S+ in main \\(\\) at overrun.c:37")
                    .contains("name = \"heartbea\"")
                    .contains("in job_rename (which=which@entry=0x20000000 <job>")
                    .contains("at overrun.c:25")
                    .containsPattern("#1  \\S+ in main \\(\\) at overrun.c:39");
        }
    }

    @Test
    void noiseAtThePortChangesNothing() throws Exception {
        changesNothing(4711, 50);
    }

    /** About a minute of it. */
    @Test
    @Tag("long")
    void aMinuteOfNoiseChangesNothing() throws Exception {
        for (long seed = 1; seed <= 12; seed++) {
            changesNothing(seed, 400);
        }
    }

    private void changesNothing(long seed, int connections) throws Exception {
        Picorn.Result undisturbed = Picorn.run("run", "hello-net", "--engine", "java");
        Random random = new Random(seed);
        try (DebuggedRun run = DebuggedRun.start(folder, "hello-net", "--engine", "java", "--time", "virtual")) {
            for (int connection = 0; connection < connections; connection++) {
                byte[] noise = new byte[1 << 14];
                random.nextBytes(noise);
                send(run.portNumber(), noise);
            }
            assertThat(run.status()).as("seed %d: %s", seed, run.messages()).isZero();
            assertThat(run.console()).as("seed %d", seed).isEqualTo(undisturbed.console());
            assertThat(figures(run.messages())).as("seed %d", seed).isEqualTo(figures(undisturbed.messages()));
        }
    }

    /** What the closing table tells of the machine: memory touched, instructions, exceptions, time, frames. */
    private static List<String> figures(String table) {
        return table.lines()
                .filter(line -> line.startsWith("  ") && !line.contains(" of yours: "))
                .toList();
    }

    private static void send(int port, byte[] octets) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(octets);
            socket.shutdownOutput();
            in.readAllBytes();
        } catch (IOException e) {
            // turned away, or the run has ended
        }
    }
}
