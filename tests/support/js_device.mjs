// A person with a software token and a remembered device, by the JavaScript client that apps use: node js_device.mjs
// ENDPOINT POOL CLIENT USER PASSWORD. Prints JSON: which steps each of four sign-ins took.
import * as cognito from "amazon-cognito-identity-js";
import { TOTP } from "otpauth";

const [endpoint, poolId, clientId, name, password] = process.argv.slice(2);
const pool = new cognito.CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint });
let token;

// A software token's code is good once: the server's clock goes on to the next.
const nextCode = async () => {
  const moved = await fetch(`${endpoint}/_reference/clock`, {
    method: "POST",
    body: JSON.stringify({ advance: 30 }),
  });
  return token.generate({ timestamp: 1000 * (await moved.json()).now });
};

const signIn = () =>
  new Promise((resolve, reject) => {
    const steps = [];
    const user = new cognito.CognitoUser({ Username: name, Pool: pool });
    const handlers = {
      onSuccess: () => resolve({ user, steps }),
      onFailure: reject,
      totpRequired: async () => {
        steps.push("totp");
        user.sendMFACode(await nextCode(), handlers, "SOFTWARE_TOKEN_MFA");
      },
      mfaSetup: () => {
        steps.push("setup");
        user.associateSoftwareToken({
          associateSecretCode: async (secret) => {
            token = new TOTP({ secret });
            user.verifySoftwareToken(await nextCode(), "phone", handlers);
          },
          onFailure: reject,
        });
      },
    };
    const details = new cognito.AuthenticationDetails({ Username: name, Password: password });
    user.authenticateUser(details, handlers);
  });

const called = (call) =>
  new Promise((resolve, reject) => call({ onSuccess: resolve, onFailure: reject }));

const setUp = await signIn();
const first = await signIn();
await called((callbacks) => first.user.setDeviceStatusRemembered(callbacks));
const { Devices: devices } = await called((callbacks) => first.user.listDevices(10, null, callbacks));
const remembered = await signIn();
await called((callbacks) => remembered.user.forgetDevice(callbacks));
remembered.user.clearCachedDeviceKeyAndPassword();
const forgotten = await signIn();
console.log(
  JSON.stringify({
    setUp: setUp.steps,
    first: first.steps,
    devices: devices.length,
    remembered: remembered.steps,
    forgotten: forgotten.steps,
  }),
);
