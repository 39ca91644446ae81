// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MICROSECOND;
import static picorn.emulator.core.CoreRig.THREAD;
import static picorn.emulator.core.Instructions.bkpt;
import static picorn.emulator.core.Instructions.bx;
import static picorn.emulator.core.Instructions.mov;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.str;
import static picorn.emulator.core.Instructions.udf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.emulator.cpu.Reg;
import picorn.emulator.debug.Debugger;
import picorn.emulator.gdb.FlashArea;
import picorn.emulator.gdb.GdbServer;
import picorn.emulator.host.HostInbox;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;

/** The remote protocol around a scripted core: a client that sends its next packet when an answer has come. */
@Timeout(10)
class GdbServerTest {
    private static final int DEVICE = 0x4000_0000;

    private final CoreRig rig = new CoreRig().thread(nop(), nop(), nop(), bx(THREAD | 1));
    private final Machine machine = rig.machine;
    private final List<FlashArea> flash =
            List.of(new FlashArea(CoreRig.RAM, 0x400, 0x100), new FlashArea(CoreRig.RAM + 0x400, 0x800, 0x400));
    private final GdbServer server =
            new GdbServer(new Debugger(machine), flash, line -> line.equals("say") ? "said\n" : "", this::answered);
    private final HostInbox.Port port = machine.inbox().openControl("gdb", server::received);
    private final Deque<String> script = new ArrayDeque<>();
    private final List<String> answers = new ArrayList<>();

    private void answered(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        if (text.startsWith("$")) {
            answers.add(text.substring(1, text.length() - 3));
            sendNext();
        } else {
            answers.add(text);
        }
    }

    private void sendNext() {
        if (!script.isEmpty()) {
            post(framed(script.remove()));
        }
    }

    private static String framed(String data) {
        int sum = data.chars().sum();
        return "$%s#%02x".formatted(data, sum & 0xFF);
    }

    private void post(String octets) {
        try {
            port.post(octets.getBytes(StandardCharsets.ISO_8859_1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The answers to these packets, sent one after the other without acknowledgements. */
    private List<String> session(String... packets) {
        script.add("QStartNoAckMode");
        script.addAll(Arrays.asList(packets));
        script.add("k");
        server.connected();
        sendNext();
        assertThat(server.run(machine.now() + 1000L * MICROSECOND)).isEqualTo(new Outcome.Stopped(GdbServer.KILLED));
        assertThat(answers.subList(0, 2)).containsExactly("+", "OK");
        return answers.subList(2, answers.size());
    }

    @Test
    void theFirstPacketHaltsTheCore() {
        assertThat(session("?", "qAttached")).containsExactly("T02thread:1;", "1");
        assertThat(machine.instructions()).isZero();
    }

    @Test
    void itSaysWhatItCanDo() {
        List<String> answers = session("qSupported:multiprocess+", "vCont?", "vMustReplyEmpty", "!", "qNonsense");
        assertThat(answers.get(0))
                .contains("PacketSize=4000", "qXfer:features:read+", "qXfer:memory-map:read+", "QStartNoAckMode+");
        assertThat(answers.subList(1, 5)).containsExactly("vCont;c;C;s;S;r", "", "", "");
    }

    @Test
    void registersAreReadAndWrittenInTheOrderOfTheDescription() {
        rig.set(Reg.R1, 0x1234_5678).set(Reg.S2, 0xAABB_CCDD).set(Reg.S3, 0x1122_3344);
        List<String> answers = session("p1", "pf", "p12", "P2=01020304", "p2", "p22", "Pff=00", "g");
        assertThat(answers.get(0)).isEqualTo("78563412");
        assertThat(answers.get(1)).isEqualTo("%08x".formatted(Integer.reverseBytes(THREAD)));
        assertThat(answers.get(2)).as("d1").isEqualTo("ddccbbaa44332211");
        assertThat(answers.get(4)).isEqualTo("01020304");
        assertThat(answers.get(5)).as("MSP").isEqualTo("%08x".formatted(Integer.reverseBytes(CoreRig.MAIN_STACK)));
        assertThat(answers.get(6)).isEqualTo("E01");
        assertThat(answers.get(7)).hasSize(2 * (17 * 4 + 16 * 8 + 4 + 6 * 4)).startsWith("0000000078563412");
    }

    @Test
    void descriptionsComeInPieces() {
        List<String> answers = session(
                "qXfer:features:read:target.xml:0,20",
                "qXfer:features:read:target.xml:10,4000",
                "qXfer:features:read:x:0,9");
        assertThat(answers.get(0)).startsWith("m<?xml version=\"1.0\"?>").hasSize(33);
        assertThat(answers.get(1))
                .startsWith("l")
                .contains("org.gnu.gdb.arm.m-profile", "name=\"psp\"", "name=\"d15\" bitsize=\"64\"");
        assertThat(answers.get(2)).isEqualTo("E00");
    }

    @Test
    void theMemoryMapNamesTheSectors() {
        String map = session("qXfer:memory-map:read::0,4000").get(0);
        assertThat(map)
                .contains("<memory type=\"flash\" start=\"0x20000000\" length=\"0x400\">")
                .contains("<property name=\"blocksize\">0x100</property>")
                .contains("<memory type=\"ram\" start=\"0x20000c00\" length=\"0xdffff400\"/>");
    }

    @Test
    void memoryIsReadAndWritten() {
        rig.device(DEVICE, () -> {});
        String ram = "%x".formatted(CoreRig.RAM + 3);
        List<String> answers = session(
                "M" + ram + ",5:0102030405",
                "m" + ram + ",5",
                "X" + ram + ",2:ab",
                "m" + ram + ",3",
                "m90000000,4",
                "M40000000,4:78563412",
                "m40000000,4",
                "m40000000,zz",
                "M" + ram + ",2:01");
        assertThat(answers).containsExactly("OK", "0102030405", "OK", "616203", "E0e", "OK", "78563412", "E01", "E01");
    }

    @Test
    void flashIsErasedAndProgrammed() {
        List<String> answers = session(
                "vFlashErase:20000300,200",
                "vFlashWrite:200003fe:\u0001\u0002\u0003",
                "vFlashDone",
                "m200003fd,5",
                "vFlashErase:20000b00,200",
                "vFlashWrite:10:a");
        assertThat(answers).containsExactly("OK", "OK", "OK", "ff010203ff", "E.memtype", "E.memtype");
    }

    @Test
    void breakpointsAndStepsHaltWhereTheyShould() {
        assertThat(session(
                        "Z0,%x,2".formatted(THREAD + 4),
                        "vCont;c",
                        "pf",
                        "vCont;s:1;c",
                        "pf",
                        "z0,%x,2".formatted(THREAD + 4),
                        "Z1,%x,2".formatted(THREAD),
                        "c",
                        "pf"))
                .containsExactly(
                        "OK",
                        "T05thread:1;",
                        pc(THREAD + 4),
                        "T05thread:1;",
                        pc(THREAD + 6),
                        "OK",
                        "OK",
                        "T05thread:1;",
                        pc(THREAD));
    }

    @Test
    void aRangeIsSteppedThrough() {
        assertThat(session("vCont;r%x,%x:1".formatted(THREAD, THREAD + 6), "pf"))
                .containsExactly("T05thread:1;", pc(THREAD + 6));
    }

    private static String pc(int value) {
        return "%08x".formatted(Integer.reverseBytes(value));
    }

    @Test
    void aBreakpointWithinARangeHaltsTheStep() {
        String range = "vCont;r%x,%x:1".formatted(THREAD, THREAD + 6);
        assertThat(session("Z0,%x,2".formatted(THREAD + 2), range, "pf", range, "pf"))
                .containsExactly("OK", "T05thread:1;", pc(THREAD + 2), "T05thread:1;", pc(THREAD + 6));
    }

    @Test
    void aWatchpointHaltsBeforeTheAccess() {
        rig.device(DEVICE, () -> {}).thread(nop(), str(DEVICE + 8, 7), bx(THREAD | 1));
        assertThat(session(
                        "Z2,40000008,4",
                        "c",
                        "pf",
                        "m40000008,4",
                        "s",
                        "m40000008,4",
                        "z2,40000008,4",
                        "Z4,40000008,1",
                        "c"))
                .containsExactly(
                        "OK",
                        "T05thread:1;watch:40000008;",
                        pc(THREAD + 2),
                        "00000000",
                        "T05thread:1;",
                        "07000000",
                        "OK",
                        "OK",
                        "T05thread:1;awatch:40000008;");
    }

    @Test
    void ctrlCHaltsARunningCore() {
        machine.events().event("ctrl-c", () -> post("\u0003")).at(5L * MICROSECOND);
        assertThat(session("c", "qThreadExtraInfo,1")).containsExactly("T02thread:1;", "746872656164206d6f6465");
        assertThat(machine.instructions()).isEqualTo(5);
    }

    @Test
    void ctrlCThatComesWithTheContinueHalts() {
        server.halt();
        script.add("k");
        post(framed("c") + "\u0003");
        assertThat(server.run(machine.now() + 1000L * MICROSECOND)).isEqualTo(new Outcome.Stopped(GdbServer.KILLED));
        assertThat(answers).startsWith("+", "T02thread:1;");
        assertThat(machine.instructions()).isZero();
    }

    @Test
    void aBkptHaltsAndIsPassed() {
        rig.thread(bkpt(1), mov(Reg.R7, 3), bkpt(2));
        assertThat(session("c", "pf", "c", "pf", "p7"))
                .containsExactly("T05thread:1;", pc(THREAD), "T05thread:1;", pc(THREAD + 4), "03000000");
    }

    @Test
    void aLockUpIsSaid() {
        rig.thread(udf()).handler(ExceptionNumber.HARD_FAULT, udf());
        List<String> answers = session("c");
        assertThat(answers.get(0)).startsWith("O546865");
        assertThat(answers.get(1)).isEqualTo("T0bthread:1;");
    }

    @Test
    void monitorCommandsAreAnsweredInText() {
        assertThat(session("qRcmd,736179", "qRcmd,6869", "qRcmd,7")).containsExactly("736169640a", "OK", "E01");
    }

    @Test
    void aRunThatEndsIsTold() {
        rig.device(DEVICE, () -> machine.exit(3)).thread(str(DEVICE, 0));
        script.addAll(List.of("?", "c"));
        server.connected();
        sendNext();
        assertThat(server.run(machine.now() + 1000L * MICROSECOND)).isEqualTo(new Outcome.Exited(3));
        assertThat(answers).containsExactly("+", "T02thread:1;", "+", "W03");
    }

    @Test
    void whoDetachesLeavesNoBreakpoint() {
        script.addAll(List.of("?", "Z0,%x,2".formatted(THREAD + 2), "D"));
        server.connected();
        sendNext();
        assertThat(server.run(machine.now() + 1000L * MICROSECOND)).isEqualTo(new Outcome.TimeReached());
        assertThat(answers).endsWith("OK");
    }

    @Test
    void aDamagedPacketIsAskedForAgainAndAnAnswerRepeated() {
        post("$?#00" + framed("?") + "-" + framed("k"));
        server.connected();
        server.run(machine.now() + 1000L * MICROSECOND);
        assertThat(answers).containsExactly("-", "+", "T02thread:1;", "T02thread:1;", "+");
    }

    @Test
    void noiseNeitherHaltsNorEndsTheRun() {
        long seed = 33;
        Random random = new Random(seed);
        server.connected();
        byte[] noise = new byte[100_000];
        random.nextBytes(noise);
        server.received(noise);
        assertThat(server.run(machine.now() + 1000L * MICROSECOND))
                .as("seed %d", seed)
                .isEqualTo(new Outcome.TimeReached());
        assertThat(machine.instructions()).isEqualTo(1000);
    }

    @Test
    void aBreakpointOfAFunctionPointerIsThatOfItsInstruction() {
        String even = "%x".formatted(THREAD + 4);
        String odd = "%x".formatted(THREAD + 5);
        machine.events().event("ctrl-c", () -> post("\u0003")).at(50L * MICROSECOND);
        assertThat(session("Z0," + even + ",2", "Z1," + odd + ",2", "z0," + odd + ",2", "c"))
                .containsExactly("OK", "OK", "OK", "T02thread:1;");
    }

    @Test
    void packetsOfAnyContentAreAnswered() {
        long seed = 99;
        Random random = new Random(seed);
        String[] starts = {
            "g", "G", "m", "M", "X", "p", "P", "Z", "z", "q", "Q", "v", "vCont;", "vFlash", "qXfer:", "H", "qRcmd,"
        };
        List<String> packets = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            StringBuilder packet = new StringBuilder(starts[random.nextInt(starts.length)]);
            int length = random.nextInt(12);
            for (int k = 0; k < length; k++) {
                packet.append("0123456789abcdef,:;=-x".charAt(random.nextInt(22)));
            }
            if (!packet.toString().matches("vCont;[cCsSr].*|vKill.*")) {
                packets.add(packet.toString());
            }
        }
        assertThat(session(packets.toArray(String[]::new)))
                .as("seed %d", seed)
                .hasSizeGreaterThanOrEqualTo(packets.size());
    }
}
