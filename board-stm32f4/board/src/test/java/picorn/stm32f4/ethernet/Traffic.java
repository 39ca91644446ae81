// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.Random;

/** A seeded driver and a seeded peer that do everything at odd moments, on valid rings. */
final class Traffic {
    private static final int OWN = 1 << 31;
    private static final int COUNT = 8;
    private static final int BUFFER = 512;

    private final Rig rig;
    private final Random random;

    Traffic(Rig rig, long seed) {
        this.rig = rig;
        random = new Random(seed);
    }

    /** Lays both lists, enhanced and chained, and starts everything. */
    void start() {
        for (int n = 0; n < COUNT; n++) {
            rig.descriptor(rx(n), OWN, 1 << 14 | BUFFER, Rig.RX_BUFFERS + BUFFER * n, rx(n + 1));
            rig.descriptor(tx(n), 1 << 20, 0, Rig.TX_BUFFERS + BUFFER * n, tx(n + 1));
        }
        rig.write("DMAIER", 0x1_FFFF);
        rig.start(Rig.EDFE, Rig.TSF | Rig.RSF | Rig.ST | Rig.SR | (random.nextBoolean() ? Rig.OSF : 0));
        rig.write("MACCR", 0xCC0C);
    }

    private static int rx(int n) {
        return Rig.RX_LIST + 32 * (n % COUNT);
    }

    private static int tx(int n) {
        return Rig.TX_LIST + 32 * (n % COUNT);
    }

    void steps(int count) {
        for (int i = 0; i < count; i++) {
            step();
        }
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> rig.receive(Frames.random(60 + random.nextInt(1455), random));
            case 3, 4, 5 -> send();
            case 6 -> giveBack();
            case 7 -> rig.write("MACMIIAR", 1 << 11 | random.nextInt(32) << 6 | random.nextInt(5) << 2 | 1);
            case 8 -> rig.write("DMASR", rig.read("DMASR"));
            case 9 -> rig.phy.plug(random.nextInt(4) != 0);
            case 10 -> rig.write("DMAOMR", rig.read("DMAOMR") ^ 1 << new int[] {1, 2, 13, 24}[random.nextInt(4)]);
            default -> rig.run(random.nextInt(300) * Rig.MICROSECOND);
        }
    }

    private void send() {
        int n = random.nextInt(COUNT);
        boolean first = random.nextInt(4) != 0;
        boolean last = random.nextInt(4) != 0;
        rig.put(Rig.TX_BUFFERS + BUFFER * n, Frames.random(BUFFER, random));
        rig.word(tx(n) + 4, 1 + random.nextInt(BUFFER));
        rig.word(tx(n), OWN | 1 << 30 | (last ? 1 << 29 : 0) | (first ? 1 << 28 : 0) | 3 << 22 | 1 << 20);
        rig.write("DMATPDR", 0);
    }

    private void giveBack() {
        for (int n = 0; n < COUNT; n++) {
            rig.word(rx(n), OWN);
            rig.word(tx(n), random.nextBoolean() ? rig.word(tx(n)) : rig.word(tx(n)) | OWN);
        }
        rig.write("DMARPDR", 0);
    }
}
