package org.interregnum.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.interregnum.agent.v1.DecidePriceRequest;
import org.interregnum.agent.v1.MarketView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PackedRequestTest {
    private static final DecidePriceRequest HEAD = DecidePriceRequest.newBuilder()
            .setRunId("run-1")
            .setStep(5)
            .setSeller(2)
            .setMarket(MarketView.newBuilder().addPrices(1).addShares(0.5))
            .setStrategy("rule")
            .build();
    private static final double[] PREMIUMS = {0.5, -0.25, Double.NaN, Double.MIN_VALUE, -0.0};
    private static final DecidePriceRequest WHOLE = whole();

    @Test
    void shouldWriteTheContractsMessage() throws IOException {
        assertThat(DecidePriceRequest.parseFrom(written(new PackedRequest<>(HEAD, PREMIUMS))))
                .isEqualTo(WHOLE);
    }

    @Test
    void shouldWriteAnEmptyFieldAsNone() throws IOException {
        assertThat(written(new PackedRequest<>(HEAD, new double[0]))).isEqualTo(HEAD.toByteArray());
    }

    @Test
    void shouldTellItsLength() throws IOException {
        InputStream message = PackedRequest.DECIDE_PRICE.streamRequest(new PackedRequest<>(HEAD, PREMIUMS));
        assertThat(message).isInstanceOf(KnownLength.class);
        assertThat(message.available()).isEqualTo(WHOLE.getSerializedSize());
    }

    @Test
    void shouldReadTheContractsMessage() {
        PackedRequest<DecidePriceRequest> read = read(WHOLE.toByteArray());
        assertThat(read.head()).isEqualTo(HEAD);
        assertThat(read.values()).containsExactly(PREMIUMS);
    }

    @Test
    void shouldReadAMessageWithoutTheField() {
        PackedRequest<DecidePriceRequest> read = read(HEAD.toByteArray());
        assertThat(read.head()).isEqualTo(HEAD);
        assertThat(read.values()).isEmpty();
    }

    @Test
    void shouldReadTheFieldInPiecesAndUnpackedAsProtobufAllows() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        output.writeDouble(DecidePriceRequest.PRICE_PREMIUMS_FIELD_NUMBER, 1);
        HEAD.writeTo(output);
        output.writeDouble(DecidePriceRequest.PRICE_PREMIUMS_FIELD_NUMBER, 2);
        DecidePriceRequest.newBuilder()
                .addPricePremiums(3)
                .addPricePremiums(4)
                .build()
                .writeTo(output);
        output.flush();
        PackedRequest<DecidePriceRequest> read = read(bytes.toByteArray());
        assertThat(read.head()).isEqualTo(HEAD);
        assertThat(read.values()).containsExactly(1, 2, 3, 4);
    }

    @Test
    @Timeout(20)
    void shouldReadManyDoublesSentOneByOneWithoutDelay() throws IOException {
        double[] premiums = new double[400_000];
        Arrays.setAll(premiums, index -> index);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream output = CodedOutputStream.newInstance(bytes);
        for (double premium : premiums) {
            output.writeDouble(DecidePriceRequest.PRICE_PREMIUMS_FIELD_NUMBER, premium);
        }
        output.flush();
        assertThat(read(bytes.toByteArray()).values()).isEqualTo(premiums);
    }

    @Test
    void shouldRefuseEveryMessageCutShortWithinAField() {
        byte[] whole = WHOLE.toByteArray();
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            boolean fits = fits(cut);
            if (!fits) {
                assertRefused(cut);
            }
        }
    }

    @Test
    void shouldRefuseAFieldThatHoldsNoWholeDoubles() {
        assertRefused(new byte[] {DecidePriceRequest.PRICE_PREMIUMS_FIELD_NUMBER << 3 | 2, 3, 0, 0, 0});
    }

    @Test
    void shouldRefuseAFieldThatClaimsMoreThanThereIs() {
        assertRefused(new byte[] {
            DecidePriceRequest.PRICE_PREMIUMS_FIELD_NUMBER << 3 | 2, (byte) 0xF8, (byte) 0xFF, (byte) 0xFF, 0x7F, 0
        });
        assertRefused(new byte[] {DecidePriceRequest.PRICE_PREMIUMS_FIELD_NUMBER << 3 | 2, -8, -1, -1, -1, 0x0F, 0});
    }

    private static void assertRefused(byte[] message) {
        PackedRequest<DecidePriceRequest> read = read(message);
        assertThatThrownBy(read::head)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the request is not in the encoding of the contract");
    }

    private static boolean fits(byte[] message) {
        try {
            DecidePriceRequest.parseFrom(message);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static DecidePriceRequest whole() {
        DecidePriceRequest.Builder whole = HEAD.toBuilder();
        for (double premium : PREMIUMS) {
            whole.addPricePremiums(premium);
        }
        return whole.build();
    }

    private static byte[] written(PackedRequest<DecidePriceRequest> request) throws IOException {
        return PackedRequest.DECIDE_PRICE.streamRequest(request).readAllBytes();
    }

    private static PackedRequest<DecidePriceRequest> read(byte[] message) {
        return PackedRequest.DECIDE_PRICE.parseRequest(new ByteArrayInputStream(message));
    }
}
