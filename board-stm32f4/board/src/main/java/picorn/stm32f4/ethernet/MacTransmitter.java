// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/**
 * Sends one frame after the other at the rate of MACCR.FES, with preamble and gap between them; sends and obeys PAUSE (RM0090, 33.5.2;
 * IEEE 802.3, annex 31B). It is full duplex on a medium without errors: collisions do not occur.
 */
final class MacTransmitter implements Saved {
    /** What gives it frames. */
    interface Source {
        /** Whether a frame waits; it stays the same until {@link #sent}. */
        boolean hasFrame();

        /** Octets of that frame with its frame check sequence. */
        int frameLength();

        /** The frame's last bit has been sent. */
        void sent();
    }

    private enum OnTheWire {
        NOTHING,
        FRAME,
        PAUSE
    }

    private static final int PREAMBLE = 8;
    private static final int PAUSE_FRAME = 64;
    private static final int PAUSE_QUANTUM_BITS = 512;
    private static final OnTheWire[] STATES = OnTheWire.values();

    private final EthernetMac mac;
    private final Clock clock;
    private final Source source;
    private final Medium medium;
    private final Event ended;
    private final byte[] pauseFrame = new byte[TransmitFrame.SHORTEST];
    private OnTheWire onTheWire = OnTheWire.NOTHING;
    private long begins;
    private long gapEnds;
    private long pausedUntil;

    MacTransmitter(EthernetMac mac, Clock clock, EventQueue events, Source source, Medium medium) {
        this.mac = mac;
        this.clock = clock;
        this.source = source;
        this.medium = medium;
        ended = events.event("Ethernet_MAC.transmitted", this::end);
    }

    /** Looks for something to send, or whether what is planned may still go ahead: after every change of either. */
    void update() {
        if (transmitting()) {
            return;
        }
        onTheWire = next();
        if (onTheWire == OnTheWire.NOTHING) {
            ended.cancel();
            return;
        }
        boolean held = onTheWire == OnTheWire.FRAME && mac.dm.isSet();
        int octets = onTheWire == OnTheWire.PAUSE ? PAUSE_FRAME : source.frameLength();
        begins = Math.max(Math.max(clock.now(), gapEnds), held ? pausedUntil : 0);
        ended.at(begins + bits(8 * (PREAMBLE + octets)));
    }

    private OnTheWire next() {
        if (!mac.te.isSet()) {
            return OnTheWire.NOTHING;
        }
        if (mac.fcb.isSet() && mac.tfce.isSet() && mac.dm.isSet()) {
            return OnTheWire.PAUSE;
        }
        return source.hasFrame() ? OnTheWire.FRAME : OnTheWire.NOTHING;
    }

    private long bits(int count) {
        return count * mac.bitTime();
    }

    private void end() {
        OnTheWire was = onTheWire;
        onTheWire = OnTheWire.NOTHING;
        gapEnds = clock.now() + bits(mac.interFrameGap());
        if (was == OnTheWire.PAUSE) {
            mac.fcb.clear();
            medium.send(pauseFrame(), pauseFrame.length);
        } else {
            source.sent();
        }
        update();
    }

    private byte[] pauseFrame() {
        PauseFrame.emit(pauseFrame, mac.addresses[0], mac.pt.get());
        return pauseFrame;
    }

    /** A PAUSE frame came in. */
    void pause(int quanta) {
        pausedUntil = clock.now() + quanta * bits(PAUSE_QUANTUM_BITS);
        update();
    }

    boolean transmitting() {
        return onTheWire != OnTheWire.NOTHING && ended.armed() && clock.now() >= begins;
    }

    boolean paused() {
        return clock.now() < pausedUntil;
    }

    void reset() {
        onTheWire = OnTheWire.NOTHING;
        ended.cancel();
        gapEnds = 0;
        pausedUntil = 0;
        begins = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.int32(onTheWire.ordinal());
        out.int64(begins);
        out.int64(gapEnds);
        out.int64(pausedUntil);
    }

    @Override
    public void load(StateReader in) {
        onTheWire = STATES[Math.floorMod(in.int32(), STATES.length)];
        begins = in.int64();
        gapEnds = in.int64();
        pausedUntil = in.int64();
    }
}
