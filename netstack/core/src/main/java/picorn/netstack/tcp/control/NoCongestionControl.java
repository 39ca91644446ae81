// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

/** Lets the receiver's window alone decide; for links that nobody else uses. */
public final class NoCongestionControl implements CongestionControl {
    /** It has no state. */
    public static final NoCongestionControl INSTANCE = new NoCongestionControl();

    private NoCongestionControl() {}

    @Override
    public void start(int mss) {}

    @Override
    public void startAfterLoss(int mss) {}

    @Override
    public void resize(int mss) {}

    @Override
    public void onAck(int acked, int flightSize, long srtt, long now) {}

    @Override
    public void onLoss(int flightSize) {}

    @Override
    public void onRecovered(int flightSize) {}

    @Override
    public void onTimeout(int flightSize) {}

    @Override
    public void onRepeatedTimeout() {}

    @Override
    public void onIdle() {}

    @Override
    public void onEcn(int flightSize) {}

    @Override
    public int cwnd() {
        return NewReno.LARGEST_WINDOW;
    }

    @Override
    public int ssthresh() {
        return NewReno.LARGEST_WINDOW;
    }
}
