// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.Arrays;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/**
 * A 10/100 Mbit/s PHY: the registers of IEEE 802.3, clause 22.2.4, and the status and interrupt registers 16 to 18 of a DP83848. Its
 * link partner negotiates everything and advertises 10 and 100 Mbit/s, full and half duplex, and PAUSE.
 *
 * <pre>{@code
 * MiiPhy phy = new MiiPhy("PHY", clock, events);
 * mdio.attach(1, phy);
 * phy.plug(false); // the cable comes out
 * }</pre>
 */
public final class MiiPhy implements ManagedDevice, Saved {
    static final int BMCR = 0;
    static final int BMSR = 1;
    static final int PHYIDR1 = 2;
    static final int PHYIDR2 = 3;
    static final int ANAR = 4;
    static final int ANLPAR = 5;
    static final int ANER = 6;
    static final int ANNPTR = 7;
    static final int PHYSTS = 16;
    static final int MICR = 17;
    static final int MISR = 18;

    static final int BMCR_RESET = 0x8000;
    static final int BMCR_LOOPBACK = 0x4000;
    static final int BMCR_SPEED_100 = 0x2000;
    static final int BMCR_AN_ENABLE = 0x1000;
    static final int BMCR_POWER_DOWN = 0x0800;
    static final int BMCR_ISOLATE = 0x0400;
    static final int BMCR_AN_RESTART = 0x0200;
    static final int BMCR_FULL_DUPLEX = 0x0100;
    static final int BMCR_COLLISION_TEST = 0x0080;

    /** 10 and 100 Mbit/s in both duplex modes, preamble suppression, auto-negotiation, extended registers. */
    static final int BMSR_ABILITIES = 0x7849;

    static final int BMSR_AN_COMPLETE = 0x0020;
    static final int BMSR_LINK = 0x0004;

    /** What each end advertises by default; the partner also acknowledges and does PAUSE. */
    private static final int ABILITIES = 0x01E1;

    private static final int PARTNER_ABILITIES = 0x4400 | ABILITIES;
    private static final int AN_100_FULL = 0x0100;
    private static final int AN_100 = 0x0180;
    private static final int AN_10_FULL = 0x0040;

    private static final int MISR_LINK = 0x2000;
    private static final int MISR_AN_COMPLETE = 0x0400;

    /** Fast link pulses take some tens of milliseconds to agree (IEEE 802.3, clause 28.3.2); with a margin. */
    static final long NEGOTIATION_TIME = 100 * Clock.SECOND / 1000;

    /** A link whose mode is set by hand comes up when the receiver has locked. */
    static final long FORCED_LINK_TIME = Clock.SECOND / 1000;

    /** Time for which BMCR.RESET reads 1. */
    static final long RESET_TIME = 3 * Clock.SECOND / 1_000_000;

    private final String name;
    private final Clock clock;
    private final Event linkComesUp;
    private final int[] registers = new int[32];
    private boolean plugged = true;
    private boolean linkUp;
    private boolean linkFailed;
    private long resetEnds;

    /** A PHY whose cable is plugged in and that starts to negotiate now; {@code name} is unique among the events. */
    public MiiPhy(String name, Clock clock, EventQueue events) {
        this.name = name;
        this.clock = clock;
        linkComesUp = events.event(name + ".link", this::establish);
        reset();
    }

    /** Resets it as its reset pin does; the cable stays as it is. */
    public void reset() {
        Arrays.fill(registers, 0);
        registers[BMCR] = BMCR_SPEED_100 | BMCR_AN_ENABLE | BMCR_FULL_DUPLEX;
        registers[PHYIDR1] = 0x2000;
        registers[PHYIDR2] = 0x5C90;
        registers[ANAR] = ABILITIES;
        registers[ANER] = 0x0004;
        registers[ANNPTR] = 0x2001;
        linkFailed = true;
        resetEnds = clock.now() + RESET_TIME;
        restartLink();
    }

    /** Plugs the cable in or out. */
    public void plug(boolean in) {
        if (in != plugged) {
            plugged = in;
            restartLink();
        }
    }

    /** Whether frames get through between the MAC and the cable. */
    public boolean carries() {
        return linkUp && (registers[BMCR] & (BMCR_ISOLATE | BMCR_LOOPBACK)) == 0;
    }

    /** Whether frames sent to it come back: BMCR's loopback. */
    public boolean loopsBack() {
        return (registers[BMCR] & (BMCR_ISOLATE | BMCR_LOOPBACK | BMCR_POWER_DOWN)) == BMCR_LOOPBACK;
    }

    private boolean negotiates() {
        return (registers[BMCR] & BMCR_AN_ENABLE) != 0;
    }

    private boolean negotiated() {
        return linkUp && negotiates();
    }

    private void restartLink() {
        if (linkUp) {
            registers[MISR] |= MISR_LINK;
        }
        linkUp = false;
        linkFailed = true;
        registers[ANLPAR] = 0;
        boolean possible = plugged && (registers[BMCR] & BMCR_POWER_DOWN) == 0;
        long needed = negotiates() ? NEGOTIATION_TIME : FORCED_LINK_TIME;
        linkComesUp.at(possible ? clock.now() + needed : EventQueue.NEVER);
    }

    private void establish() {
        if (negotiates()) {
            registers[ANLPAR] = PARTNER_ABILITIES;
            registers[MISR] |= MISR_AN_COMPLETE;
            if ((common() & (AN_100 | AN_10_FULL | AN_10_FULL >> 1)) == 0) {
                return;
            }
        }
        linkUp = true;
        registers[MISR] |= MISR_LINK;
    }

    private int common() {
        return registers[ANAR] & registers[ANLPAR];
    }

    private boolean fast() {
        return negotiated() ? (common() & AN_100) != 0 : (registers[BMCR] & BMCR_SPEED_100) != 0;
    }

    /** The best mode in common wins (IEEE 802.3, annex 28B.3). */
    private boolean fullDuplex() {
        if (!negotiated()) {
            return (registers[BMCR] & BMCR_FULL_DUPLEX) != 0;
        }
        int common = common();
        return (common & AN_100) != 0 ? (common & AN_100_FULL) != 0 : (common & AN_10_FULL) != 0;
    }

    @Override
    public int readManaged(int register) {
        return switch (register) {
            case BMCR -> registers[BMCR] | (clock.now() < resetEnds ? BMCR_RESET : 0);
            case BMSR -> readStatus();
            case ANER -> registers[ANER] | (negotiated() ? 0x0003 : 0);
            case PHYSTS -> physicalStatus();
            case MISR -> readInterruptStatus();
            default -> registers[register];
        };
    }

    /** The link bit latches low until it is read. */
    private int readStatus() {
        boolean shown = linkUp && !linkFailed;
        linkFailed = !linkUp;
        return BMSR_ABILITIES | (negotiated() ? BMSR_AN_COMPLETE : 0) | (shown ? BMSR_LINK : 0);
    }

    private int physicalStatus() {
        return (linkUp ? 0x0001 : 0)
                | (fast() ? 0 : 0x0002)
                | (fullDuplex() ? 0x0004 : 0)
                | ((registers[BMCR] & BMCR_LOOPBACK) != 0 ? 0x0008 : 0)
                | (negotiated() ? 0x0010 : 0)
                | ((registers[MISR] & 0xFF00) != 0 ? 0x0080 : 0)
                | (linkUp ? 0x0600 : 0);
    }

    /** Reading clears the flags, not the enables. */
    private int readInterruptStatus() {
        int shown = registers[MISR];
        registers[MISR] &= 0x00FF;
        return shown;
    }

    @Override
    public void writeManaged(int register, int value) {
        switch (register) {
            case BMCR -> control(value);
            case ANAR -> registers[ANAR] = value & 0x2DE0 | 0x0001;
            case MISR -> registers[MISR] = registers[MISR] & 0xFF00 | value & 0x00FF;
            case BMSR, PHYIDR1, PHYIDR2, ANLPAR, ANER, PHYSTS -> {}
            default -> registers[register] = value;
        }
    }

    private void control(int value) {
        if ((value & BMCR_RESET) != 0) {
            reset();
            return;
        }
        int before = registers[BMCR];
        registers[BMCR] = value & ~(BMCR_RESET | BMCR_AN_RESTART) & 0xFF80;
        int mode = BMCR_AN_ENABLE | BMCR_POWER_DOWN | (negotiates() ? 0 : BMCR_SPEED_100 | BMCR_FULL_DUPLEX);
        boolean restart = negotiates() && (value & BMCR_AN_RESTART) != 0;
        if (restart || ((before ^ value) & mode) != 0) {
            restartLink();
        }
    }

    @Override
    public void save(StateWriter out) {
        out.int32s(registers);
        out.flag(plugged);
        out.flag(linkUp);
        out.flag(linkFailed);
        out.int64(resetEnds);
    }

    @Override
    public void load(StateReader in) {
        in.int32s(registers);
        plugged = in.flag();
        linkUp = in.flag();
        linkFailed = in.flag();
        resetEnds = in.int64();
    }

    @Override
    public String toString() {
        return name;
    }
}
