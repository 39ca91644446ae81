// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/** Bad frames and bad firmware: no exception escapes, work stays bounded, nothing is written that no descriptor names. */
class EthernetFuzzTest {
    private static final int OWN = 1 << 31;
    private static final int COUNT = 16;
    private static final int BUFFER = 1536;

    /** Most event times in a millisecond of nothing but traffic that the rings can make. */
    private static final int EVENTS_A_MILLISECOND = 2_000;

    @Test
    void randomFramesDoNoHarm() {
        receive(20_000, 11);
    }

    @Test
    @Tag("long")
    void aMillionRandomFramesDoNoHarm() {
        receive(1_000_000, 12);
    }

    private static void receive(int count, long seed) {
        Random random = new Random(seed);
        Rig rig = new Rig();
        for (int n = 0; n < COUNT; n++) {
            rig.descriptor(
                    Rig.RX_LIST + 32 * n,
                    OWN,
                    1 << 14 | BUFFER,
                    Rig.RX_BUFFERS + BUFFER * n,
                    Rig.RX_LIST + 32 * ((n + 1) % COUNT));
        }
        rig.start(Rig.EDFE, Rig.RSF | Rig.SR);
        List<byte[]> corpus = corpus(random);
        for (int i = 0; i < count; i++) {
            byte[] frame = mutate(corpus.get(random.nextInt(corpus.size())), random);
            if (i % 64 == 0) {
                rig.write("MACFFR", random.nextInt() & 0x8000_07FF);
                rig.write("MACCR", 0xC80C | random.nextInt() & 0x0280_0480);
                rig.write("DMAOMR", Rig.SR | random.nextInt() & 0x0700_00C0);
                rig.write("MACVLANTR", random.nextInt() & 0x1_FFFF);
                rig.write("MACPMTCSR", random.nextInt(8) == 0 ? 7 : 0);
                rig.read("MACPMTCSR");
            }
            try {
                rig.receive(frame);
            } catch (RuntimeException e) {
                fail("seed %d, frame %d: %s".formatted(seed, i, HexFormat.of().formatHex(frame)), e);
            }
            if (i % 4 == 0) {
                giveBack(rig);
            }
        }
        rig.run(Rig.MICROSECOND);
        assertOutsideUntouched(rig, seed);
        assertThat(rig.findings).as("seed %d", seed).isEmpty();
    }

    private static void giveBack(Rig rig) {
        for (int n = 0; n < COUNT; n++) {
            rig.word(Rig.RX_LIST + 32 * n, OWN);
        }
        rig.write("DMARPDR", 0);
    }

    private static void assertOutsideUntouched(Rig rig, long seed) {
        int list = Rig.RX_LIST - Rig.SRAM;
        int buffers = Rig.RX_BUFFERS - Rig.SRAM;
        byte[] all = rig.sram.octets;
        assertThat(isZero(all, 0, list)).as("seed %d: below the list", seed).isTrue();
        assertThat(isZero(all, list + 32 * COUNT, buffers))
                .as("seed %d: behind the list", seed)
                .isTrue();
        assertThat(isZero(all, buffers + BUFFER * COUNT, all.length))
                .as("seed %d: behind the buffers", seed)
                .isTrue();
    }

    private static boolean isZero(byte[] octets, int from, int to) {
        return Arrays.equals(octets, from, to, new byte[to - from], 0, to - from);
    }

    private static List<byte[]> corpus(Random random) {
        byte[] udp = Frames.with16(new byte[200], 4, 200);
        byte[] tagged = Frames.join(Frames.u16s(5, Frames.IPV4), Frames.ipv4(17, udp));
        byte[] options = Frames.join(new byte[] {17, 3}, new byte[30], udp);
        return List.of(
                Frames.random(60, random),
                Frames.random(1514, random),
                Frames.random(4000, random),
                Frames.ethernet(Rig.OWN_ADDRESS, Rig.PEER, Frames.IPV4, Frames.ipv4(17, udp)),
                Frames.ethernet(Rig.OWN_ADDRESS, Rig.PEER, Frames.IPV4, Frames.ipv4(6, new byte[64])),
                Frames.ethernet(Rig.OWN_ADDRESS, Rig.PEER, Frames.IPV4, Frames.ipv4(1, new byte[64])),
                Frames.ethernet(Rig.OWN_ADDRESS, Rig.PEER, Frames.IPV6, Frames.ipv6(58, new byte[64])),
                Frames.ethernet(Rig.OWN_ADDRESS, Rig.PEER, Frames.IPV6, Frames.ipv6(60, options)),
                Frames.ethernet(Rig.OWN_ADDRESS, Rig.PEER, 0x8100, tagged),
                Frames.ethernet(
                        Frames.mac("01:80:c2:00:00:01"),
                        Rig.PEER,
                        0x8808,
                        Frames.join(Frames.u16s(1, 99), new byte[42])));
    }

    private static byte[] mutate(byte[] frame, Random random) {
        byte[] mutant = random.nextInt(4) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length + 1)) : frame.clone();
        int flips = mutant.length == 0 ? 0 : random.nextInt(6);
        for (int i = 0; i < flips; i++) {
            int at = random.nextBoolean() ? random.nextInt(Math.min(60, mutant.length)) : random.nextInt(mutant.length);
            mutant[at] = (byte) random.nextInt();
        }
        return mutant;
    }

    @Test
    void randomRingsAndRegistersDoNoHarm() {
        misuse(3_000, 13);
    }

    @Test
    @Tag("long")
    void aHundredThousandRandomRingsAndRegistersDoNoHarm() {
        misuse(100_000, 14);
    }

    private static void misuse(int count, long seed) {
        Random random = new Random(seed);
        Rig rig = new Rig();
        WatchedRam ram = new WatchedRam(Rig.SRAM, Rig.SRAM_SIZE);
        for (int i = 0; i < count; i++) {
            if (i % 100 == 0) {
                ram = new WatchedRam(Rig.SRAM, Rig.SRAM_SIZE);
                rig = new Rig(ram);
                rig.start(random.nextInt() & 0xFE, 0);
            }
            try {
                layRandomRings(rig, random);
                writeRandomRegisters(rig, random);
                rig.receive(Frames.random(14 + random.nextInt(1600), random));
                runBounded(rig, seed, i);
            } catch (RuntimeException e) {
                fail("seed %d, round %d".formatted(seed, i), e);
            }
            assertThat(ram.stray).as("seed %d, round %d: stray writes", seed, i).isEmpty();
            assertThat(isZero(rig.flash.octets, 0, rig.flash.size()))
                    .as("seed %d, round %d: flash", seed, i)
                    .isTrue();
            assertThat(isZero(rig.ccm.octets, 0, rig.ccm.size()))
                    .as("seed %d, round %d: CCM", seed, i)
                    .isTrue();
            rig.sent.clear();
            rig.findings.clear();
        }
    }

    private static void runBounded(Rig rig, long seed, int round) {
        long end = rig.now() + 1000 * Rig.MICROSECOND;
        int n = 0;
        while (rig.events.next() <= end) {
            rig.runUntil(rig.events.next());
            n++;
            if (n > EVENTS_A_MILLISECOND) {
                fail("seed %d, round %d: no end of events".formatted(seed, round));
            }
        }
        rig.runUntil(end);
    }

    private static void layRandomRings(Rig rig, Random random) {
        for (int n = 0; n < 8; n++) {
            int at = (random.nextBoolean() ? Rig.RX_LIST : Rig.TX_LIST) + 16 * random.nextInt(16);
            int control = random.nextInt() | (random.nextInt(4) != 0 ? OWN : 0);
            rig.descriptor(at, control, random.nextInt(), address(random), address(random));
        }
    }

    private static int address(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt();
            case 1 -> Rig.CCM + random.nextInt(0x1000);
            case 2 -> Rig.FLASH + random.nextInt(0x1000);
            case 3 -> Rig.SRAM + Rig.SRAM_SIZE - 1 - random.nextInt(64);
            case 4 -> 0x4002_9000 + random.nextInt(0x80);
            case 5 -> Rig.TX_LIST + random.nextInt(256);
            default -> Rig.SRAM + random.nextInt(Rig.SRAM_SIZE);
        };
    }

    private static void writeRandomRegisters(Rig rig, Random random) {
        for (int n = 0; n < 10; n++) {
            RegisterBlock block = rig.ethernet.blocks().get(random.nextInt(4));
            Register register =
                    block.registers().get(random.nextInt(block.registers().size()));
            boolean list = register.name().endsWith("DLAR");
            int value = list && random.nextInt(4) != 0 ? Rig.RX_LIST + 16 * random.nextInt(300) : random.nextInt();
            rig.write(register.name(), value);
            rig.read(register.name());
            block.write(random.nextInt(0x100), 1 << random.nextInt(3), random.nextInt());
            block.read(random.nextInt(0x100), 1 << random.nextInt(3));
        }
        rig.write("DMAOMR", random.nextInt() | Rig.ST | Rig.SR);
        rig.write("DMATPDR", 0);
        rig.write("DMARPDR", 0);
    }
}
