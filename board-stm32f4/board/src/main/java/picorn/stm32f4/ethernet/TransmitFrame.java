// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.Arrays;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** A frame in the transmit FIFO: its octets without frame check sequence, and what its descriptors say. */
final class TransmitFrame implements Saved {
    /** What the transmitter takes at most with the jabber timer off (MACCR.JD). */
    static final int CAPACITY = 16384;

    static final int SHORTEST = 60;
    static final int FCS_SIZE = 4;
    private static final int TYPE = 12;
    private static final int HEADER = 14;

    final byte[] octets = new byte[CAPACITY];
    int length;

    /** TDES0 of the first descriptor, which has CIC, DC, DP and TTSE. */
    int firstControl;

    /** TDES0 of the last descriptor, which has IC. */
    int lastControl;

    int lastDescriptor;

    /** Bits of TDES0 that came up so far. */
    int status;

    /** Whether software appended a frame check sequence of its own, a wrong one. */
    private boolean damaged;

    void begin(int control) {
        length = 0;
        status = 0;
        damaged = false;
        firstControl = control;
    }

    void end(int control, int descriptor) {
        lastControl = control;
        lastDescriptor = descriptor;
    }

    /** Pads it as DP says, and takes off the frame check sequence that software made itself, as DC says. */
    void complete(FrameCheckSequence fcs) {
        boolean padded = length < SHORTEST && (firstControl & TransmitDescriptor.DP) == 0;
        if (padded) {
            Arrays.fill(octets, length, SHORTEST, (byte) 0);
            length = SHORTEST;
        } else if ((firstControl & TransmitDescriptor.DC) != 0) {
            int body = Math.max(0, length - FCS_SIZE);
            damaged = length < FCS_SIZE || !fcs.matches(octets, body);
            length = body;
        }
    }

    /** Whether anybody accepts it: it has a header and a right frame check sequence. */
    boolean isAcceptable() {
        return !damaged && length >= HEADER;
    }

    boolean isVlan() {
        return length >= TYPE + 2 && octets[TYPE] == (byte) 0x81 && octets[TYPE + 1] == 0;
    }

    @Override
    public void save(StateWriter out) {
        out.int32(length);
        out.octets(Arrays.copyOf(octets, length));
        out.int32(firstControl);
        out.int32(lastControl);
        out.int32(lastDescriptor);
        out.int32(status);
        out.flag(damaged);
    }

    @Override
    public void load(StateReader in) {
        length = Math.max(0, Math.min(in.int32(), CAPACITY));
        byte[] saved = new byte[length];
        in.octets(saved);
        System.arraycopy(saved, 0, octets, 0, length);
        firstControl = in.int32();
        lastControl = in.int32();
        lastDescriptor = in.int32();
        status = in.int32();
        damaged = in.flag();
    }
}
