// SPDX-License-Identifier: MIT
package picorn.netstack.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @Test
    void macAddressIsWrittenAsItIsRead() {
        MacAddress mac = MacAddress.parse("52:55:0A:00:02:02");
        assertThat(mac.bits()).isEqualTo(0x52550A000202L);
        assertThat(mac).hasToString("52:55:0a:00:02:02");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "52:55:0a:00:02", "52-55-0a-00-02-02", "52:55:0a:00:02:0g", "52:55:0a:00:02:02:03"})
    void wrongMacAddressIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> MacAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("52:55:0a:00:02:02");
    }

    @Test
    void groupBitIsTheLowestOfTheFirstOctet() {
        assertThat(MacAddress.isGroup(0x010000000000L)).isTrue();
        assertThat(MacAddress.isGroup(MacAddress.BROADCAST.bits())).isTrue();
        assertThat(MacAddress.isGroup(0xFE0000000001L)).isFalse();
    }

    @Test
    void multicastAddressKeepsTwentyThreeBitsOfTheGroup() {
        // RFC 1112, section 6.4: the low 23 bits go into 01-00-5E-00-00-00.
        int group = Ipv4Address.parse("239.255.255.250").bits();
        assertThat(new MacAddress(MacAddress.multicast(group))).hasToString("01:00:5e:7f:ff:fa");
    }

    @Test
    void ipv4AddressIsWrittenAsItIsRead() {
        Ipv4Address address = Ipv4Address.parse("192.0.2.255");
        assertThat(address.bits()).isEqualTo(0xC00002FF);
        assertThat(address).hasToString("192.0.2.255");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.2", "10.0.2.256", "10.0.2.2.2", "10.0.2.x", "1000.0.2.2", "10.0.2.-1"})
    void wrongIpv4AddressIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Ipv4Address.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.2.2");
    }

    @Test
    void ipv4AddressHasTheMappedFormOfRfc4291() {
        Ipv4Address address = Ipv4Address.parse("192.0.2.255");
        assertThat(address.high()).isZero();
        assertThat(address.low()).isEqualTo(0x0000FFFFC00002FFL);
        assertThat(IpAddress.of(address.high(), address.low())).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,false",
        "0.1.2.3,false",
        "1.0.0.0,true",
        "126.1.1.1,true",
        "127.0.0.1,false",
        "128.0.0.1,true",
        "223.255.255.255,true",
        "224.0.0.1,false",
        "240.0.0.1,false",
        "255.255.255.255,false"
    })
    void hostAddressesAreThoseOfRfc1122(String address, boolean host) {
        assertThat(Ipv4Address.isHost(Ipv4Address.parse(address).bits())).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.2.2/24,10.0.2.0,true,255.255.255.0",
        "10.0.2.2/24,10.0.3.0,false,255.255.255.0",
        "10.0.2.2/32,10.0.2.2,true,255.255.255.255",
        "10.0.2.2/32,10.0.2.3,false,255.255.255.255",
        "10.0.2.2/0,200.1.2.3,true,0.0.0.0",
        "10.0.2.130/25,10.0.2.127,false,255.255.255.128"
    })
    void prefixContainsWhatSharesItsBits(String prefix, String address, boolean contains, String mask) {
        Ipv4Prefix network = Ipv4Prefix.parse(prefix);
        assertThat(network.contains(Ipv4Address.parse(address).bits())).isEqualTo(contains);
        assertThat(network.mask()).hasToString(mask);
        assertThat(network).hasToString(prefix);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.2.2/24,10.0.2.255,true",
        "10.0.2.2/24,10.0.2.2,false",
        "10.0.2.2/30,10.0.2.3,true",
        "10.0.2.2/31,10.0.2.3,false",
        "10.0.2.2/32,10.0.2.2,false"
    })
    void lastAddressOfANetworkOfThirtyBitsOrLessIsItsBroadcast(String prefix, String address, boolean broadcast) {
        assertThat(Ipv4Prefix.parse(prefix)
                        .isBroadcast(Ipv4Address.parse(address).bits()))
                .isEqualTo(broadcast);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.2.2", "10.0.2.2/33", "10.0.2.2/", "10.0.2.2/x", "10.0.2/24"})
    void wrongPrefixIsRefused(String text) {
        assertThatThrownBy(() -> Ipv4Prefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
