// SPDX-License-Identifier: MIT
package picorn.netstack.link;

/** One end of a wire: what it receives goes to whoever is connected to the other end. */
public final class WireEnd implements FrameReceiver {
    private final Lane outgoing;
    private final Lane incoming;

    WireEnd(Lane outgoing, Lane incoming) {
        this.outgoing = outgoing;
        this.incoming = incoming;
    }

    /**
     * Says who takes the frames that come out here; before, they are lost.
     *
     * @param receiver called from within {@link Wire#poll}, with the time at which the frame arrives
     */
    public void connect(FrameReceiver receiver) {
        incoming.deliverTo(receiver);
    }

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        outgoing.receive(frame, offset, length, now);
    }

    /**
     * Frames sent into this end and taken.
     *
     * @return a count
     */
    public long frames() {
        return outgoing.sentFrames();
    }

    /**
     * Octets of those frames.
     *
     * @return a count
     */
    public long octets() {
        return outgoing.sentOctets();
    }

    /**
     * Frames sent into this end and dropped, since the queue was full or they were too long.
     *
     * @return a count
     */
    public long dropped() {
        return outgoing.dropped();
    }
}
