// A person's way through the service with the AWS SDK for JavaScript v3: node js_client.mjs ENDPOINT. Prints JSON.
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  GetUserCommand,
  InitiateAuthCommand,
  paginateListUsers,
} from "@aws-sdk/client-cognito-identity-provider";

const client = new CognitoIdentityProviderClient({
  endpoint: process.argv[2],
  region: "us-east-1",
  credentials: { accessKeyId: "testing", secretAccessKey: "testing" },
});

const { UserPool: pool } = await client.send(new CreateUserPoolCommand({ PoolName: "js" }));
const { UserPoolClient: app } = await client.send(
  new CreateUserPoolClientCommand({
    UserPoolId: pool.Id,
    ClientName: "js",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  }),
);
for (const name of ["alice", "bob", "carol"]) {
  const who = { UserPoolId: pool.Id, Username: name };
  await client.send(new AdminCreateUserCommand({ ...who, MessageAction: "SUPPRESS" }));
  await client.send(new AdminSetUserPasswordCommand({ ...who, Password: "Aa1!Secret0", Permanent: true }));
}
const names = [];
for await (const page of paginateListUsers({ client, pageSize: 2 }, { UserPoolId: pool.Id })) {
  names.push(...page.Users.map((user) => user.Username));
}
const signIn = (password) =>
  client.send(
    new InitiateAuthCommand({
      ClientId: app.ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "alice", PASSWORD: password },
    }),
  );
const { AuthenticationResult: tokens } = await signIn("Aa1!Secret0");
const user = await client.send(new GetUserCommand({ AccessToken: tokens.AccessToken }));
const refusal = await signIn("wrong").catch((error) => error);
console.log(
  JSON.stringify({
    names: names.sort(),
    created: pool.CreationDate instanceof Date,
    user: user.Username,
    refusal: refusal.name,
    message: refusal.message,
  }),
);
