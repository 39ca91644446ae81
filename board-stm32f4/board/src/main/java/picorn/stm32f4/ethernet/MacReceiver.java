// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

/**
 * The way of a frame into the MAC: control frames, address filter, power-down, lengths, checksums (RM0090, 33.5.3 and 33.5.5). The
 * frame check sequence is right: a wire that damages a frame drops it.
 */
final class MacReceiver {
    private static final int TYPE = 12;
    private static final int HEADER = 14;
    private static final int LARGEST_LENGTH_FIELD = 1500;
    private static final int SMALLEST_TYPE = 0x600;
    private static final int VLAN_TYPE = 0x8100;
    private static final int VID = 0xFFF;
    private static final int SHORTEST = 64;
    private static final int GIANT = 1518;
    private static final int TAG_SIZE = 4;
    private static final int WATCHDOG = 2048;
    private static final int SMALLEST_PAYLOAD = 46;

    private static final int PCF_FORWARD_ALL = 2;
    private static final int PCF_FORWARD_FILTERED = 3;

    private final EthernetMac mac;
    private final MmcCounters mmc;
    private final PtpClock ptp;
    private final MacTransmitter transmitter;
    private final ReceiveProcess process;
    private final AddressFilter filter;
    private final ChecksumVerification checksums = new ChecksumVerification();
    private final FrameCheckSequence fcs = new FrameCheckSequence();
    private final byte[] frame = new byte[ReceiveFifo.LONGEST_FRAME + TransmitFrame.FCS_SIZE];
    private final ReceivedFrame found = new ReceivedFrame();

    MacReceiver(EthernetMac mac, MmcCounters mmc, PtpClock ptp, MacTransmitter transmitter, ReceiveProcess process) {
        this.mac = mac;
        this.mmc = mmc;
        this.ptp = ptp;
        this.transmitter = transmitter;
        this.process = process;
        filter = new AddressFilter(mac);
    }

    /** Takes a frame without frame check sequence; {@code length} octets from {@code offset} on. Fragments of a header are dropped. */
    void receive(byte[] octets, int offset, int length) {
        if (!mac.re.isSet() || length < HEADER) {
            return;
        }
        int kept = Math.min(length, ReceiveFifo.LONGEST_FRAME);
        System.arraycopy(octets, offset, frame, 0, kept);
        obeyPause(kept);
        if (!passesFilters()) {
            return;
        }
        if (mac.wakeUp.asleep()) {
            mac.wakeUp.consider(frame, kept);
            return;
        }
        fcs.append(frame, kept);
        judge(kept);
        process.offer(frame, found);
    }

    private void obeyPause(int length) {
        boolean forUs = PauseFrame.isMulticast(frame) || mac.upfd.isSet() && mac.addresses[0].matches(frame, 0);
        if (mac.rfce.isSet() && mac.dm.isSet() && forUs && PauseFrame.isPause(frame, length)) {
            transmitter.pause(PauseFrame.quanta(frame));
        }
    }

    /** Leaves AFM and SAF in the status. */
    private boolean passesFilters() {
        boolean destination = filter.passesDestination(frame);
        boolean source = filter.passesSource(frame);
        found.status = (destination ? 0 : ReceiveDescriptor.AFM) | (source ? 0 : ReceiveDescriptor.SAF);
        if (mac.ra.isSet() || mac.pm.isSet()) {
            return true;
        }
        boolean passes = destination && (source || !filter.dropsBySource());
        if (!PauseFrame.isControl(frame)) {
            return passes;
        }
        return mac.pcf.get() == PCF_FORWARD_ALL || mac.pcf.get() == PCF_FORWARD_FILTERED && passes;
    }

    private void judge(int length) {
        int total = length + TransmitFrame.FCS_SIZE;
        int type = u16(TYPE);
        found.undersized = total < SHORTEST;
        stamp();
        found.verdict = mac.ipco.isSet() ? checksums.verify(frame, length) : 0;
        found.status |= isVlan(type) ? ReceiveDescriptor.VLAN : 0;
        found.status |= type >= SMALLEST_TYPE ? ReceiveDescriptor.FT : lengthError(type, length);
        found.status |= total > GIANT + (type == VLAN_TYPE ? TAG_SIZE : 0) ? ReceiveDescriptor.ES : 0;
        found.length = cut(total);
        if (!found.hasError() && !found.undersized && AddressFilter.isUnicast(frame)) {
            mmc.receivedGoodUnicast();
        }
        strip(type, length);
    }

    private void stamp() {
        boolean stamped = ptp.stampsReceived();
        found.seconds = stamped ? ptp.seconds() : 0;
        found.subseconds = stamped ? ptp.subseconds() : 0;
    }

    private int u16(int at) {
        return (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
    }

    private boolean isVlan(int type) {
        if (type != VLAN_TYPE) {
            return false;
        }
        int mask = mac.vlantc.isSet() ? VID : 0xFFFF;
        int wanted = mac.vlanti.get() & mask;
        return wanted == 0 || wanted == (u16(HEADER) & mask);
    }

    /** A length field that does not agree with the length, padding apart. */
    private static int lengthError(int field, int length) {
        int payload = length - HEADER;
        boolean padded = payload <= SMALLEST_PAYLOAD && field <= payload;
        return field == payload || padded ? 0 : ReceiveDescriptor.LE;
    }

    /** The receive watchdog cuts off what is longer than 2048 octets, or 16384 with WD. */
    private int cut(int total) {
        int limit = mac.wd.isSet() ? ReceiveFifo.LONGEST_FRAME : WATCHDOG;
        if (total <= limit) {
            return total;
        }
        found.status |= ReceiveDescriptor.RWT | ReceiveDescriptor.ES;
        process.watchdog();
        return limit;
    }

    private void strip(int type, int length) {
        if (found.hasError()) {
            return;
        }
        if (mac.apcs.isSet() && type <= LARGEST_LENGTH_FIELD) {
            found.length = Math.min(HEADER + type, length);
        } else if (mac.cstf.isSet() && type >= SMALLEST_TYPE) {
            found.length = length;
        }
    }
}
