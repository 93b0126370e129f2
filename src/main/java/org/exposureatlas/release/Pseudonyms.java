package org.exposureatlas.release;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.exposureatlas.config.ConfigException;

/**
 * Names that stand for stores and tell nothing of them: the first 16 hexadecimal digits of the
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) of the store's key. Whoever holds the secret finds the same
 * store again; without it even all addresses of the internet, tried one by one, match nothing.
 */
public final class Pseudonyms {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int LEAST_SECRET_BYTES = 16;
  private static final int RANDOM_SECRET_BYTES = 32;
  private static final int DIGITS = 16;

  private final Mac mac;

  private Pseudonyms(byte[] secret) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /**
   * Pseudonyms that are the same whenever the secret is.
   *
   * @param origin where the secret came from, for the message
   * @throws ConfigException for fewer than 16 bytes
   */
  public static Pseudonyms of(byte[] secret, String origin) {
    if (secret.length < LEAST_SECRET_BYTES) {
      throw new ConfigException(
          origin,
          secret.length + " bytes",
          "a secret of at least " + LEAST_SECRET_BYTES + " bytes");
    }
    return new Pseudonyms(secret);
  }

  /** Pseudonyms by a secret that nobody keeps: the same store has another one next time. */
  public static Pseudonyms ofThisRun() {
    byte[] secret = new byte[RANDOM_SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return new Pseudonyms(secret);
  }

  /** The pseudonym of the store with this key. */
  public String of(String key) {
    byte[] digest = mac.doFinal(key.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest).substring(0, DIGITS);
  }
}
